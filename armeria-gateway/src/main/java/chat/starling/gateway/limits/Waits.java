package chat.starling.gateway.limits;

import java.time.Duration;

/** How a wait is told to a client. */
final class Waits {

  private Waits() {}

  /** Nanoseconds in whole milliseconds, never less than they are. */
  static Duration wholeMillis(long nanos) {
    return Duration.ofMillis(Math.ceilDiv(nanos, 1_000_000L));
  }
}
