package chat.starling.platform.refusal;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;

/**
 * A request was refused, with nothing of it done. Carries no stack trace: it is an answer, not a
 * fault.
 */
public final class RefusedException extends RuntimeException {

  private final transient Refusal refusal;

  /** An exception that carries the refusal to whoever answers the caller. */
  public RefusedException(Refusal refusal) {
    super(refusal.getMessage(), null, false, false);
    this.refusal = refusal;
  }

  /** What to tell the caller. */
  public Refusal refusal() {
    return refusal;
  }

  /** Why. */
  public Reason reason() {
    return refusal.getReason();
  }
}
