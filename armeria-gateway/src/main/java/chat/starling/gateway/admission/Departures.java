package chat.starling.gateway.admission;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When each session leaves a gateway that is being stopped: at a moment of its own within a window,
 * so that the others are not asked to take all of them at once.
 *
 * @param lead how long nothing happens, so that the edge can take the gateway out of its list
 * @param window in which the sessions then leave
 * @param grace how long one that leaves waits for answers, at most
 */
public record Departures(Duration lead, Duration window, Duration grace) {

  /**
   * How long after the begin of the window one session leaves.
   *
   * @param random uniform in [0, 1)
   */
  public Duration moment(DoubleSupplier random) {
    return Duration.ofNanos((long) (window.toNanos() * random.getAsDouble()));
  }

  /** How long after the begin of the window nobody is waited for any more. */
  public Duration last() {
    return window.plus(grace);
  }
}
