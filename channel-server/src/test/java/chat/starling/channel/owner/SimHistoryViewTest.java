package chat.starling.channel.owner;

import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.HistoryViewContract;
import java.util.concurrent.CompletionStage;

class SimHistoryViewTest extends HistoryViewContract {

  private final SimWorld world = new SimWorld(1);
  private final SimStores stores = new SimStores(world, 0);

  @Override
  protected HistoryView store() {
    return stores;
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return world.answer(question);
  }

  @Override
  protected void failNextChange(boolean done) {
    stores.failNextChange(done);
  }
}
