package chat.starling.gateway.upstream;

import chat.starling.api.v1.Reason;
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
      return Refuse.because(Reason.REASON_TIMEOUT)
          .message("the connection to the channel server was lost before its answer")
          .toException();
    }
    return new RefusedException(RefusalHandler.refusal(status, fault));
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
