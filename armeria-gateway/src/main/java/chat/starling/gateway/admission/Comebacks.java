package chat.starling.gateway.admission;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When to come back, for each client that is refused: one after the other at the rate at which they
 * can be let in, behind those who wait, so that they do not all come back together.
 */
final class Comebacks {

  private static final long SHORTEST = Duration.ofSeconds(1).toNanos();
  private static final double LEAST = 0.75;
  private static final double SPREAD = 0.5;

  private final long spacing;
  private final long longest;
  private final DoubleSupplier random;
  private long lastGiven;

  /**
   * @param spacing nanoseconds from one client let in to the next
   * @param random uniform in [0, 1)
   */
  Comebacks(long spacing, Duration longest, DoubleSupplier random, long now) {
    this.spacing = spacing;
    this.longest = longest.toNanos();
    this.random = random;
    this.lastGiven = now;
  }

  /**
   * The time for the next of them: its turn, give or take a quarter, in whole milliseconds.
   *
   * @param waiting clients that are let in before
   */
  Duration next(int waiting, long now) {
    long turn = Math.max(lastGiven - now, waiting * spacing) + spacing;
    lastGiven = now + Math.min(turn, longest);
    long bounded = Math.clamp(turn, Math.min(SHORTEST, longest), longest);
    double jittered = bounded * (LEAST + SPREAD * random.getAsDouble());
    return Duration.ofMillis(Math.max(1, (long) jittered / 1_000_000));
  }
}
