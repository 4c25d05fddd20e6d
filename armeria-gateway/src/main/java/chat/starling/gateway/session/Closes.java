package chat.starling.gateway.session;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.util.Durations;
import java.time.Duration;

/** The one table of the ways in which this gateway ends a stream, each with its reconnect rule. */
public final class Closes {

  private static final Duration INTERNAL_WAIT = Duration.ofSeconds(2);

  private Closes() {}

  /** The token is missing, wrong or over. */
  public static Close unauthenticated(Refusal refusal) {
    return close(
        CloseCode.CLOSE_CODE_UNAUTHENTICATED, ReconnectRule.RECONNECT_RULE_NEW_TOKEN, refusal);
  }

  /** The client broke the protocol. */
  public static Close protocol(Refusal refusal) {
    return close(CloseCode.CLOSE_CODE_PROTOCOL, ReconnectRule.RECONNECT_RULE_NEVER, refusal);
  }

  /** No frame came in time. */
  public static Close heartbeatMissed(Duration interval) {
    return close(
        CloseCode.CLOSE_CODE_HEARTBEAT_MISSED,
        ReconnectRule.RECONNECT_RULE_NOW,
        Refuse.because(Reason.REASON_HEARTBEAT_MISSED)
            .expected("a frame at least every " + interval.toMillis() + " ms")
            .message("no frame came in time")
            .build());
  }

  /** A newer connection has the session. */
  public static Close replaced() {
    return close(
        CloseCode.CLOSE_CODE_REPLACED,
        ReconnectRule.RECONNECT_RULE_NEVER,
        said(Reason.REASON_SESSION_REPLACED, "a newer connection resumed this session"));
  }

  /** The gateway is being stopped. */
  public static Close stopping() {
    return close(
        CloseCode.CLOSE_CODE_STOPPING,
        ReconnectRule.RECONNECT_RULE_NOW,
        said(Reason.REASON_STOPPING, "this gateway is being stopped"));
  }

  /** There is no room for one more session, or too many come at the same time. */
  public static Close overloaded(String message, Duration retryAfter) {
    Refusal refusal =
        Refuse.because(Reason.REASON_OVERLOADED).retryAfter(retryAfter).message(message).build();
    return delayed(CloseCode.CLOSE_CODE_OVERLOADED, retryAfter, refusal);
  }

  /** The client goes on sending far more frames than it was told it may. */
  public static Close rateLimited(Refusal refusal) {
    return close(CloseCode.CLOSE_CODE_RATE_LIMITED, ReconnectRule.RECONNECT_RULE_DELAYED, refusal)
        .toBuilder()
        .setRetryAfter(refusal.getRetryAfter())
        .build();
  }

  /** The client does not read what is written to it. */
  public static Close tooSlow() {
    return close(
        CloseCode.CLOSE_CODE_TOO_SLOW,
        ReconnectRule.RECONNECT_RULE_NOW,
        said(Reason.REASON_OVERLOADED, "the client reads too slowly: too much waits for it"));
  }

  /** A fault of ours, or of the part that this session cannot be opened without. */
  public static Close internal(Refusal refusal) {
    return delayed(CloseCode.CLOSE_CODE_INTERNAL, INTERNAL_WAIT, refusal);
  }

  private static Close delayed(CloseCode code, Duration wait, Refusal refusal) {
    return close(code, ReconnectRule.RECONNECT_RULE_DELAYED, refusal).toBuilder()
        .setRetryAfter(Durations.fromNanos(wait.toNanos()))
        .build();
  }

  private static Close close(CloseCode code, ReconnectRule rule, Refusal refusal) {
    return Close.newBuilder().setCode(code).setReconnect(rule).setRefusal(refusal).build();
  }

  private static Refusal said(Reason reason, String message) {
    return Refuse.because(reason).message(message).build();
  }
}
