package chat.starling.gateway.limits;

import java.time.Duration;

/**
 * How much in which time: {@code burst} at once, and as many again, evenly, in each period.
 *
 * @param burst at least 1
 * @param period more than nothing
 */
public record Rate(int burst, Duration period) {

  /** Checks both. */
  public Rate {
    if (burst < 1 || period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("a rate of " + burst + " in " + period);
    }
  }

  /** Nanoseconds from one to the next when they come evenly; at least 1. */
  public long spacing() {
    return Math.max(1, period.toNanos() / burst);
  }

  /** As people say it: {@code 5 messages in 5 s}. */
  public String of(String things) {
    long millis = period.toMillis();
    return millis % 1000 == 0
        ? "%d %s in %d s".formatted(burst, things, millis / 1000)
        : "%d %s in %d ms".formatted(burst, things, millis);
  }
}
