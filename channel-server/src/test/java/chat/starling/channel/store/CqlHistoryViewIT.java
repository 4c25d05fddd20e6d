package chat.starling.channel.store;

import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.HistoryViewContract;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlHistoryViewIT extends HistoryViewContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final HistoryView store = new CqlHistoryView(TABLES.tables());

  @Override
  protected HistoryView store() {
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
