package chat.starling.channel.store;

import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.FeedLogContract;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlFeedLogIT extends FeedLogContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final FeedLog store = new CqlFeedLog(TABLES.tables(), Duration.ofDays(30));

  @Override
  protected FeedLog store() {
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
