package chat.starling.gateway.limits;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import java.time.Duration;
import java.util.Optional;

/**
 * How fast one stream's frames come. Who sends too many is refused, frame by frame; who goes on for
 * long all the same is not worth the answers. Times are monotonic nanoseconds.
 */
public final class FramePace {

  /** In this time a client may ignore as many refusals as it may send frames at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Rate rate;
  private final TokenBucket frames;
  private final TokenBucket refusals;

  /** A stream on which nothing came yet. */
  public FramePace(Rate rate, long now) {
    this.rate = rate;
    this.frames = new TokenBucket(rate, now);
    this.refusals = new TokenBucket(new Rate(rate.burst(), PATIENCE), now);
  }

  /** Counts a frame; a refusal when it is one too many. */
  public Optional<Refusal> count(long now) {
    long wait = frames.take(now);
    return wait == 0 ? Optional.empty() : Optional.of(refusal(Waits.wholeMillis(wait)));
  }

  /** Counts a refusal; true when the client has ignored too many of them. */
  public boolean ignored(long now) {
    return refusals.take(now) > 0;
  }

  /** Why a stream ends whose client ignores refusals, and when it may come back. */
  public Refusal lastRefusal() {
    return refusal(PATIENCE);
  }

  private Refusal refusal(Duration retryAfter) {
    return Refuse.because(Reason.REASON_RATE_LIMITED)
        .field("frame")
        .expected("at most " + rate.of("frames") + " on one stream")
        .message("too many frames: at most " + rate.of("frames") + " on one stream")
        .retryAfter(retryAfter)
        .build();
  }
}
