package chat.starling.edge;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Calls by many callers at a time: acts on one workspace that wait together cost little more than
 * one.
 */
public final class ManyAtOnce {

  private static final int CALLERS = 32;

  private ManyAtOnce() {}

  /** Makes all the calls and returns when each is answered; throws what one of them threw. */
  public static void run(Collection<? extends Runnable> calls) {
    try (ExecutorService callers =
        Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
      CompletableFuture.allOf(
              calls.stream()
                  .map(call -> CompletableFuture.runAsync(call, callers))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
  }
}
