package chat.starling.bench.load;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of pieces of work in flight for a while: whenever one is done, the next is sent.
 */
public final class Load {

  private static final int DIGITS = 3;

  private final Side side;
  private final long deadline;
  private final Histogram nanos = new ConcurrentHistogram(DIGITS);
  private final LongAdder done = new LongAdder();
  private final Phaser running = new Phaser(1);
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  private Load(Side side, long deadline) {
    this.side = side;
    this.deadline = deadline;
  }

  /**
   * Loads the side and returns when the last piece is answered.
   *
   * @throws IllegalStateException when a piece of work failed
   */
  public static Slice run(Side side, int inFlight, Duration slice) {
    long refusedBefore = side.refused();
    long begun = System.nanoTime();
    Load load = new Load(side, begun + slice.toNanos());
    for (int i = 0; i < inFlight; i++) {
      load.running.register();
      load.next();
    }
    load.running.arriveAndAwaitAdvance();
    Throwable failed = load.fault.get();
    if (failed != null) {
      throw new IllegalStateException(side.name() + ": a piece of work failed", failed);
    }
    return new Slice(slice, load.done.sum(), side.refused() - refusedBefore, load.nanos);
  }

  private void next() {
    long sent = System.nanoTime();
    if (sent >= deadline || fault.get() != null) {
      running.arriveAndDeregister();
      return;
    }
    side.send().whenComplete((answer, failure) -> answered(sent, failure));
  }

  private void answered(long sent, @Nullable Throwable failure) {
    long now = System.nanoTime();
    if (failure != null) {
      fault.compareAndSet(null, failure);
    } else {
      nanos.recordValue(now - sent);
      if (now < deadline) {
        done.increment();
      }
    }
    next();
  }
}
