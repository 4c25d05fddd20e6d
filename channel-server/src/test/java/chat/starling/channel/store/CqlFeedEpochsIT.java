package chat.starling.channel.store;

import chat.starling.channel.feed.FeedEpochs;
import chat.starling.channel.feed.FeedEpochsContract;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlFeedEpochsIT extends FeedEpochsContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final FeedEpochs store = new CqlFeedEpochs(TABLES.tables());

  @Override
  protected FeedEpochs store() {
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
