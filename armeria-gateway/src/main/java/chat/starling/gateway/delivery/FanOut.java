package chat.starling.gateway.delivery;

/**
 * Whether a channel's events flow to each of its viewers on one event loop, or are so many that the
 * viewers are only told up to where the channel is and read for themselves. Goes by events a second
 * and by viewers: what a loop can bear is their product.
 *
 * <p>The flow stops within the second in which there is too much. It begins again when for some
 * seconds there was at most half of that, so that a channel on the edge does not go to and fro.
 */
public final class FanOut {

  /** Quiet seconds after which events flow again. */
  static final int CALM_SECONDS = 5;

  /**
   * Up to where events flow.
   *
   * @param rate events a second of one channel
   * @param viewers of the channel on one event loop; with more of them the rate falls in proportion
   */
  public record Limits(int rate, int viewers) {

    /** Everything flows. */
    public static final Limits NONE = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private final Limits limits;
  private boolean flows = true;
  private int calm;
  private int events;

  FanOut(Limits limits) {
    this.limits = limits;
  }

  /** An event has come; says whether it goes to each viewer. */
  boolean event(int watching) {
    events++;
    if (flows && events > allowed(watching)) {
      flows = false;
      calm = 0;
    }
    return flows;
  }

  /** A second is over. */
  void second(int watching) {
    if (!flows) {
      calm = events > allowed(watching) / 2 ? 0 : calm + 1;
      flows = calm >= CALM_SECONDS;
    }
    events = 0;
  }

  /** Nothing has to be counted any more until the next event. */
  boolean isQuiet() {
    return flows && events == 0;
  }

  private long allowed(int watching) {
    return watching <= limits.viewers
        ? limits.rate
        : Math.max(1, (long) limits.rate * limits.viewers / watching);
  }
}
