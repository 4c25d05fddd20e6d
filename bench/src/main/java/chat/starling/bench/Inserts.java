package chat.starling.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Very many writes, some at once, each again when the database was too busy; says from time to time
 * how far it is.
 */
final class Inserts implements AutoCloseable {

  private static final int AT_ONCE = 64;
  private static final int TRIES = 20;
  private static final Executor SOON =
      CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS, Runnable::run);
  private static final Duration SAYS_EVERY = Duration.ofSeconds(10);

  private final Semaphore room = new Semaphore(AT_ONCE);
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private final Consumer<String> progress;
  private long rows;
  private long said = System.nanoTime();

  Inserts(Consumer<String> progress) {
    this.progress = progress;
  }

  /** Begins one more; waits for others as long as too many are under way. */
  void add(int ofRows, Supplier<CompletionStage<Void>> write) {
    room.acquireUninterruptibly();
    var _ =
        untilDone(write, 1)
            .whenComplete((done, failure) -> {
              fault.compareAndSet(null, failure);
              room.release();
            });
    rows += ofRows;
    if (System.nanoTime() - said > SAYS_EVERY.toNanos()) {
      said = System.nanoTime();
      progress.accept("  %,d rows written".formatted(rows));
    }
  }

  private static CompletionStage<Void> untilDone(Supplier<CompletionStage<Void>> write, int tries) {
    return write
        .get()
        .exceptionallyCompose(fault ->
            tries == TRIES
                ? CompletableFuture.failedStage(fault)
                : CompletableFuture.supplyAsync(() -> untilDone(write, tries + 1), SOON)
                    .thenCompose(again -> again));
  }

  /**
   * Waits for all.
   *
   * @throws IllegalStateException when one has failed
   */
  @Override
  public void close() {
    room.acquireUninterruptibly(AT_ONCE);
    Throwable earlier = fault.get();
    if (earlier != null) {
      throw new IllegalStateException("a row could not be written", earlier);
    }
  }
}
