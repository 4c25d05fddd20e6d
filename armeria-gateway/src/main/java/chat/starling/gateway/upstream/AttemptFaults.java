package chat.starling.gateway.upstream;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.rpc.RefusalHandler;
import chat.starling.platform.rpc.RefusalStatus;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.circuitbreaker.FailFastException;
import io.grpc.Status;

/** What the failure of one attempt at a channel server means. */
final class AttemptFaults {

  private AttemptFaults() {}

  /**
   * The server's refusal as it is; without one, TIMEOUT if the request may have reached it, and
   * UNAVAILABLE if it has not.
   */
  static RefusedException refused(Throwable fault) {
    Status status = Status.fromThrowable(fault);
    if (RefusalStatus.fromThrowable(fault).isEmpty() && mayBeDone(status)) {
      return unknown();
    }
    return new RefusedException(RefusalHandler.refusal(status, fault));
  }

  /** The server's refusal of one append of a stream; one that is not known, by its status. */
  static RefusedException refused(Refusal refusal) {
    return switch (refusal.getReason()) {
      case REASON_UNSPECIFIED, UNRECOGNIZED ->
          refused(Status.fromCodeValue(refusal.getStatus()).asException());
      default -> new RefusedException(refusal);
    };
  }

  /**
   * For what was sent on a stream that has ended: its status is the stream's and says nothing of
   * what was on it, unless it was never received.
   */
  static RefusedException streamLost(Throwable fault) {
    return Status.fromThrowable(fault).getCause() instanceof UnprocessedRequestException
        ? notSent()
        : unknown();
  }

  /** For what was not sent: nothing was done. */
  static RefusedException notSent() {
    return Refuse.because(Reason.REASON_UNAVAILABLE)
        .message("the channel server is not reachable now")
        .toException();
  }

  /** For what was sent and has no answer, and will have none. */
  static RefusedException unknown() {
    return Refuse.because(Reason.REASON_TIMEOUT)
        .message("the connection to the channel server was lost before its answer")
        .toException();
  }

  /** For what was not answered in time. */
  static RefusedException late() {
    return Refuse.because(Reason.REASON_TIMEOUT).message("no answer in time").toException();
  }

  /** The request may have been received: a lost connection is no sign that nothing was done. */
  private static boolean mayBeDone(Status status) {
    Throwable cause = status.getCause();
    return switch (status.getCode()) {
      case CANCELLED, UNKNOWN -> true;
      case UNAVAILABLE, INTERNAL ->
          cause != null
              && !(cause instanceof UnprocessedRequestException)
              && !(cause instanceof FailFastException);
      default -> false;
    };
  }
}
