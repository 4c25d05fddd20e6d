package chat.starling.channel.store;

import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.feed.FeedHeadsContract;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlFeedHeadsIT extends FeedHeadsContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final FeedHeads store = new CqlFeedHeads(TABLES.tables());

  @Override
  protected FeedHeads store() {
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
