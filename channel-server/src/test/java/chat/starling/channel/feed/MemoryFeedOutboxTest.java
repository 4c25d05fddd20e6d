package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import java.util.List;
import java.util.concurrent.CompletionStage;

class MemoryFeedOutboxTest extends FeedOutboxContract {

  private final MemoryFeedOutbox outbox = new MemoryFeedOutbox();

  @Override
  protected FeedOutbox store() {
    return outbox;
  }

  @Override
  protected List<Published> published(FeedId of) {
    return outbox.published(of);
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().join();
  }

  @Override
  protected void failNextChange(boolean done) {
    outbox.failNext(done);
  }
}
