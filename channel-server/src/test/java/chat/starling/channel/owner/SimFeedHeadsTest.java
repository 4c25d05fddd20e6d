package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.feed.FeedHeadsContract;
import java.util.concurrent.CompletionStage;

class SimFeedHeadsTest extends FeedHeadsContract {

  private final SimWorld world = new SimWorld(1);
  private final SimStores stores = new SimStores(world, 0);

  @Override
  protected FeedHeads store() {
    return stores.asStores().heads();
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
