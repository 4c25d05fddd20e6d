package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedEpochs;
import chat.starling.channel.feed.FeedEpochsContract;
import java.util.concurrent.CompletionStage;

class SimFeedEpochsTest extends FeedEpochsContract {

  private final SimWorld world = new SimWorld(1);
  private final SimStores stores = new SimStores(world, 0);

  @Override
  protected FeedEpochs store() {
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
