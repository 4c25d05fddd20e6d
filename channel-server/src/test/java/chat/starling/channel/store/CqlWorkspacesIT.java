package chat.starling.channel.store;

import chat.starling.channel.directory.Channel;
import chat.starling.channel.workspace.WorkspaceStore;
import chat.starling.channel.workspace.WorkspaceStoreContract;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlWorkspacesIT extends WorkspaceStoreContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final WorkspaceStore store = new CqlWorkspaces(TABLES.tables());

  @Override
  protected WorkspaceStore store() {
    return store;
  }

  @Override
  protected void makeChannel(long workspaceId, long channelId) {
    answer(
        new CqlDirectory(TABLES.tables())
            .make(new Channel(channelId, workspaceId, "c" + channelId, 1)));
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return TestTables.answer(question);
  }

  @Override
  protected void failNextChange(boolean done) {
    TABLES.failChange(0, done);
  }
}
