package chat.starling.channel.feed;

import java.util.concurrent.CompletionStage;

class MemoryOpenMarksTest extends OpenMarksContract {

  private final MemoryOpenMarks store = new MemoryOpenMarks();

  @Override
  protected OpenMarks store() {
    return store;
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().join();
  }

  @Override
  protected void failNextChange(boolean done) {
    store.failNextChange(done);
  }
}
