package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.FeedLogContract;
import java.util.concurrent.CompletionStage;

class SimFeedLogTest extends FeedLogContract {

  private final SimWorld world = new SimWorld(1);
  private final SimStores stores = new SimStores(world, 0);

  @Override
  protected FeedLog store() {
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
