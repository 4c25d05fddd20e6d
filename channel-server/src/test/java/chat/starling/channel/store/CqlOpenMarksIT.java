package chat.starling.channel.store;

import chat.starling.channel.feed.OpenMarks;
import chat.starling.channel.feed.OpenMarksContract;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlOpenMarksIT extends OpenMarksContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final OpenMarks store = new CqlOpenMarks(TABLES.tables());

  @Override
  protected OpenMarks store() {
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
