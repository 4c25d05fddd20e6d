package chat.starling.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of tokens that fills up by the time that passes, without anybody who fills it. It is one
 * number: when it will be full if nobody takes more. Times are monotonic nanoseconds. Any thread.
 */
public final class TokenBucket {

  private final Rate rate;
  private final AtomicLong fullAt;

  /** A full one. */
  public TokenBucket(Rate rate, long now) {
    this.rate = rate;
    this.fullAt = new AtomicLong(now);
  }

  /** Takes a token and returns 0, or takes none and returns how long until there is one. */
  public long take(long now) {
    return take(now, 1);
  }

  /**
   * Takes so many tokens when there is one, and returns 0: those that are not there yet are taken
   * as they come. Otherwise takes none and returns how long until there is one.
   */
  long take(long now, int tokens) {
    while (true) {
      long before = fullAt.get();
      long wait = untilNext(before, now);
      if (wait > 0) {
        return wait;
      }
      if (fullAt.compareAndSet(before, later(before, now) + tokens * rate.spacing())) {
        return 0;
      }
    }
  }

  /** How long until there is a token; 0 when there is one. */
  public long untilNext(long now) {
    return Math.max(0, untilNext(fullAt.get(), now));
  }

  private long untilNext(long full, long now) {
    return later(full, now) - now + rate.spacing() - rate.spacing() * rate.burst();
  }

  private static long later(long full, long now) {
    return full - now > 0 ? full : now;
  }
}
