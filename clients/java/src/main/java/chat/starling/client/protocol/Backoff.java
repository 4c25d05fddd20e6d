package chat.starling.client.protocol;

import java.util.function.DoubleSupplier;

/** Delays that double from attempt to attempt up to a ceiling, each shortened by chance. */
final class Backoff {
  private static final int DOUBLINGS = 16;
  private static final double LEAST = 0.2;

  private final long firstMillis;
  private final long ceilingMillis;
  private final DoubleSupplier random;
  private int attempts;

  /**
   * @param random uniform in [0, 1)
   */
  Backoff(long firstMillis, long ceilingMillis, DoubleSupplier random) {
    this.firstMillis = firstMillis;
    this.ceilingMillis = ceilingMillis;
    this.random = random;
  }

  /** Counts one more attempt and gives the delay before it, in milliseconds. */
  long next() {
    return delay(attempts++);
  }

  /**
   * Next to no delay before the first attempt since the last reset, the usual ones from the second
   * on.
   *
   * @param jitterMillis the first attempt's delay is less than this
   */
  long nextAfterFirst(long jitterMillis) {
    return attempts++ == 0 ? (long) (jitterMillis * random.getAsDouble()) : delay(attempts - 1);
  }

  /** The delay before the attempt of this number, from 0, in milliseconds. */
  long delay(int attempt) {
    long full = Math.min(ceilingMillis, firstMillis << Math.min(attempt, DOUBLINGS));
    return (long) (full * (LEAST + (1 - LEAST) * random.getAsDouble()));
  }

  void reset() {
    attempts = 0;
  }
}
