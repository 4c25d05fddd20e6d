package chat.starling.channel.directory;

import java.util.concurrent.CompletionStage;

class MemoryDirectoryTest extends DirectoryContract {

  private final MemoryDirectory store = new MemoryDirectory();

  @Override
  protected DirectoryStore store() {
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
