package chat.starling.channel.workspace;

import java.util.concurrent.CompletionStage;

class MemoryWorkspacesTest extends WorkspaceStoreContract {

  private final MemoryWorkspaces store = new MemoryWorkspaces();

  @Override
  protected WorkspaceStore store() {
    return store;
  }

  @Override
  protected void makeChannel(long workspaceId, long channelId) {
    store.addChannel(workspaceId, channelId);
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().join();
  }

  /** Memory does not fail. */
  @Override
  protected void failNextChange(boolean done) {}
}
