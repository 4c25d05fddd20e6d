package chat.starling.channel.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.directory.Channel;
import chat.starling.channel.directory.DirectoryStore;
import chat.starling.channel.directory.DirectoryStoreContract;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlDirectoryStoreIT extends DirectoryStoreContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final DirectoryStore store = new CqlDirectory(TABLES.tables());

  @Test
  void claimName_doneButAnswerLost_isSettledByASerialRead() {
    Channel channel = new Channel(freshId(), freshId(), "plans", 7);
    failNextChange(true);
    assertThat(answer(store.claimName(channel))).isEqualTo(channel);
  }

  @Override
  protected DirectoryStore store() {
    return store;
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
