package chat.starling.client;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * A refusal by the server, or by the client on its behalf: what was wrong, where, and what would be
 * right.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /** The exception for this refusal; its message names reason, field, value and expectation. */
  public RefusedException(Refusal refusal) {
    super(describe(refusal));
    this.refusal = refusal;
  }

  /** The gRPC status that stands for it. */
  public Status.Code status() {
    return Status.fromCodeValue(refusal.getStatus()).getCode();
  }

  /** REASON_UNSPECIFIED when the other side named none that this client knows. */
  public Reason reason() {
    return refusal.getReason();
  }

  /** The path of the offending field; empty when the request as a whole is meant. */
  public String field() {
    return refusal.getField();
  }

  /** The offending value; empty when it is secret, binary or not known. */
  public String value() {
    return refusal.getValue();
  }

  /** What would have been right; empty when there is nothing to say. */
  public String expected() {
    return refusal.getExpected();
  }

  /** Set when the same request may succeed after this time. */
  public Optional<Duration> retryAfter() {
    if (!refusal.hasRetryAfter()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofSeconds(
            refusal.getRetryAfter().getSeconds(), refusal.getRetryAfter().getNanos()));
  }

  /** The whole refusal as it came. */
  public Refusal refusal() {
    return refusal;
  }

  private static String describe(Refusal refusal) {
    StringBuilder text = new StringBuilder();
    if (refusal.getReason() == Reason.REASON_UNSPECIFIED
        || refusal.getReason() == Reason.UNRECOGNIZED) {
      text.append(Status.fromCodeValue(refusal.getStatus()).getCode());
    } else {
      text.append(refusal.getReason().name().substring("REASON_".length()));
    }
    if (!refusal.getField().isEmpty()) {
      text.append(": ").append(refusal.getField());
      if (!refusal.getValue().isEmpty()) {
        text.append(" is ").append(refusal.getValue());
      }
    }
    if (!refusal.getExpected().isEmpty()) {
      text.append(" (expected: ").append(refusal.getExpected()).append(')');
    }
    if (!refusal.getMessage().isEmpty()) {
      text.append(": ").append(refusal.getMessage());
    }
    return text.toString();
  }
}
