package chat.starling.platform.ids;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes Snowflakes for one worker: unique and strictly rising, from any number of threads.
 *
 * <p>When the clock stands still, goes back, or 4096 ids were made within a millisecond, the ids
 * run ahead of the clock instead of waiting for it.
 */
public final class SnowflakeMint {

  private static final long SEQUENCE_SIZE = 1L << Snowflake.SEQUENCE_BITS;

  private static final int NONE = -1;

  private final InstantSource clock;
  private volatile int worker;

  /** Ticks and sequence of the last id, without the worker's bits between them. */
  private final AtomicLong last = new AtomicLong();

  /**
   * @param worker 0 to 1023, held by no other living mint
   */
  public SnowflakeMint(int worker, InstantSource clock) {
    this(clock);
    assign(worker);
  }

  /** A mint that makes nothing before it is {@linkplain #assign assigned} a number. */
  public SnowflakeMint(InstantSource clock) {
    this.clock = clock;
    this.worker = NONE;
  }

  /**
   * Makes ids under this number from now on.
   *
   * @param number 0 to 1023, held by no other living mint
   */
  public void assign(int number) {
    if (number < 0 || number > Snowflake.MAX_WORKER) {
      throw new IllegalArgumentException("worker: " + number + " (expected: 0..1023)");
    }
    worker = number;
  }

  /**
   * The next id.
   *
   * @throws IllegalStateException when the mint has no number yet
   */
  public long next() {
    return nextAfter(0);
  }

  /** The next id, larger than {@code floor} even if that came from a clock that is ahead. */
  public long nextAfter(long floor) {
    long least = ((floor >>> Snowflake.TIME_SHIFT) + 1) * SEQUENCE_SIZE;
    long now = (clock.millis() - Snowflake.EPOCH_MILLIS) * SEQUENCE_SIZE;
    while (true) {
      long before = last.get();
      long next = Math.max(before + 1, now);
      if (compose(next) <= floor) {
        next = least;
      }
      if (last.compareAndSet(before, next)) {
        return compose(next);
      }
    }
  }

  private long compose(long packed) {
    if (worker == NONE) {
      throw new IllegalStateException("worker: none (expected: one assigned)");
    }
    return Snowflake.compose(packed / SEQUENCE_SIZE, worker, packed % SEQUENCE_SIZE);
  }
}
