package chat.starling.devstack;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Does one thing to several servers at the same time. */
final class Together {

  private Together() {}

  /** Returns when all are done; throws what the first of them threw. */
  static <T> void with(List<T> all, Consumer<T> action) {
    var running =
        all.stream()
            .map(one -> CompletableFuture.runAsync(() -> action.accept(one), Together::thread))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void thread(Runnable task) {
    Thread.ofVirtual().name("dev-stack").start(task);
  }
}
