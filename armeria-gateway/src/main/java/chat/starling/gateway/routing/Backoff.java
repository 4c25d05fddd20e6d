package chat.starling.gateway.routing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something is tried again: doubling from try to try up to a limit, and
 * never the same for two that wait.
 *
 * @param first about how long before the first repetition
 * @param most about how long at most
 */
public record Backoff(Duration first, Duration most) {

  /** For what is just moving from one channel server to another, which takes a moment. */
  public static final Backoff MOVING = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));

  /** For who cannot be reached, or does not answer. */
  public static final Backoff AWAY = new Backoff(Duration.ofMillis(20), Duration.ofMillis(500));

  private static final int MAX_DOUBLINGS = 30;

  /**
   * A wait between half and one and a half times the one that is due.
   *
   * @param tries how often it has been tried again already, 0 or more
   */
  public Duration wait(int tries, RandomGenerator random) {
    long doubled = first.toNanos() << Math.min(tries, MAX_DOUBLINGS);
    long due = doubled <= 0 ? most.toNanos() : Math.min(doubled, most.toNanos());
    return Duration.ofNanos(due / 2 + random.nextLong(due));
  }
}
