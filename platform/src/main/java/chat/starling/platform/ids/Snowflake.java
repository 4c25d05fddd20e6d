package chat.starling.platform.ids;

import java.time.Instant;

/**
 * The layout of a message id, after Twitter's Snowflake: 41 bits of milliseconds since 2025, 10
 * bits of worker, 12 bits of sequence. Positive, rising with time, good until 2094.
 */
public final class Snowflake {

  /** Milliseconds of 2025-01-01T00:00:00Z, where the ids' time begins. */
  public static final long EPOCH_MILLIS = 1_735_689_600_000L;

  /** The largest worker number. */
  public static final int MAX_WORKER = 1023;

  static final int WORKER_BITS = 10;
  static final int SEQUENCE_BITS = 12;
  static final int TIME_SHIFT = WORKER_BITS + SEQUENCE_BITS;
  private static final int WORKER_MASK = MAX_WORKER << SEQUENCE_BITS;

  private Snowflake() {}

  /** The smallest id of a millisecond of the time of day. */
  public static long first(long epochMillis) {
    return (epochMillis - EPOCH_MILLIS) << TIME_SHIFT;
  }

  /** The millisecond of the time of day in which the id was made. */
  public static long epochMillis(long id) {
    return (id >>> TIME_SHIFT) + EPOCH_MILLIS;
  }

  /** The moment at which the id was made. */
  public static Instant instant(long id) {
    return Instant.ofEpochMilli(epochMillis(id));
  }

  /** The worker that made the id, 0 to {@link #MAX_WORKER}. */
  public static int worker(long id) {
    return (int) (id & WORKER_MASK) >>> SEQUENCE_BITS;
  }

  static long compose(long ticks, int worker, long sequence) {
    return (ticks << TIME_SHIFT) | ((long) worker << SEQUENCE_BITS) | sequence;
  }
}
