package chat.starling.client.protocol;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import com.google.protobuf.Duration;

/** What a client reads out of a refusal: whether to try again, and when. */
public final class Refusals {
  private static final int DEADLINE_EXCEEDED = 4;
  private static final int NOT_FOUND = 5;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNAVAILABLE = 14;
  private static final int UNAUTHENTICATED = 16;

  private Refusals() {}

  /** Whether the same request may succeed later. A reason that is unknown counts by its status. */
  public static boolean passing(Refusal refusal) {
    return refusal.hasRetryAfter()
        || refusal.getStatus() == UNAVAILABLE
        || refusal.getStatus() == DEADLINE_EXCEEDED;
  }

  /** Whether a new token may help. */
  public static boolean wantsToken(Refusal refusal) {
    return refusal.getStatus() == UNAUTHENTICATED;
  }

  /** The least time to wait before trying again, in milliseconds; 0 when the refusal names none. */
  public static long retryAfterMillis(Refusal refusal) {
    return millis(refusal.getRetryAfter());
  }

  /** The refusal of a request whose outcome is unknown. */
  public static Refusal timeout(String message) {
    return of(DEADLINE_EXCEEDED, Reason.REASON_TIMEOUT).setMessage(message).build();
  }

  /** The refusal of a request that cannot be made now. */
  public static Refusal unavailable(String message) {
    return of(UNAVAILABLE, Reason.REASON_UNAVAILABLE).setMessage(message).build();
  }

  /** The refusal of a channel that the server has taken out of the view. */
  static Refusal removed(long channelId) {
    return of(NOT_FOUND, Reason.REASON_CHANNEL_NOT_FOUND)
        .setField("channel_id")
        .setValue(Long.toString(channelId))
        .setExpected("a channel that the user may see and is a member of")
        .setMessage("The user may not see the channel any more.")
        .build();
  }

  static Refusal outboxFull(int bound) {
    return of(RESOURCE_EXHAUSTED, Reason.REASON_OVERLOADED)
        .setField("outbox")
        .setValue(Integer.toString(bound))
        .setExpected("at most " + bound + " unacked messages")
        .setMessage("The outbox is full; wait until messages are acked.")
        .build();
  }

  /** The Close that a stream's end stands for when no Close frame came. */
  static Close closeFor(Refusal end) {
    ReconnectRule rule = ReconnectRule.RECONNECT_RULE_UNSPECIFIED;
    if (wantsToken(end)) {
      rule = ReconnectRule.RECONNECT_RULE_NEW_TOKEN;
    } else if (endsForGood(end.getReason())) {
      rule = ReconnectRule.RECONNECT_RULE_NEVER;
    } else if (end.hasRetryAfter()) {
      rule = ReconnectRule.RECONNECT_RULE_DELAYED;
    }
    return Close.newBuilder()
        .setReconnect(rule)
        .setRetryAfter(end.getRetryAfter())
        .setRefusal(end)
        .build();
  }

  /** What a Close without a refusal means to who waits. */
  static Refusal closed(Close close) {
    return unavailable("The server closed the session: " + close.getCode().name() + ".");
  }

  static long millis(Duration duration) {
    return duration.getSeconds() * 1000 + duration.getNanos() / 1_000_000;
  }

  private static boolean endsForGood(Reason reason) {
    switch (reason) {
      case REASON_HELLO_EXPECTED:
      case REASON_HELLO_REPEATED:
      case REASON_MALFORMED:
      case REASON_NOT_UTF8:
      case REASON_TOO_LARGE:
      case REASON_SESSION_REPLACED:
        return true;
      default:
        return false;
    }
  }

  private static Refusal.Builder of(int status, Reason reason) {
    return Refusal.newBuilder().setStatus(status).setReason(reason);
  }
}
