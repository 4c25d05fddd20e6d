package chat.starling.channel.feed;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import java.time.Duration;

/** The reasons for which a feed takes no append. */
record FeedRefusals(FeedId id, FeedBounds bounds) {

  /** Too much waits already; the same may be taken a moment later. */
  Refusal overloaded() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .field("feed")
        .value(id.id())
        .expected("fewer than " + bounds.maxWaiting() + " appends waiting")
        .retryAfter(bounds.maxBackoff())
        .build();
  }

  /** The nonce has named another text before. */
  Refusal nonceReused() {
    return Refuse.because(Reason.REASON_NONCE_REUSED)
        .field("nonce")
        .expected("a nonce of its own for every text")
        .build();
  }

  /** The author has written a moment ago, and the channel is slow. */
  Refusal slowMode(int seconds, Duration left) {
    return Refuse.because(Reason.REASON_RATE_LIMITED)
        .field("channel_id")
        .value(id.id())
        .expected("one message in " + seconds + " s")
        .message("The channel is in slow mode.")
        .retryAfter(left)
        .build();
  }

  /** Everyone was mentioned a moment ago. */
  Refusal mentioned(int seconds, Duration left) {
    return Refuse.because(Reason.REASON_RATE_LIMITED)
        .field("text")
        .expected("one mention of everyone in " + seconds + " s")
        .message("Everyone in the channel was mentioned a moment ago.")
        .retryAfter(left)
        .build();
  }

  /** The row may become the truth under another owner, or not. */
  Refusal outcomeUnknown() {
    return Refuse.because(Reason.REASON_TIMEOUT)
        .message("the feed went to another server before the message was acked")
        .build();
  }
}
