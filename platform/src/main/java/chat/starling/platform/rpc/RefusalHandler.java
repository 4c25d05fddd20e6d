package chat.starling.platform.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.ResponseCompleteException;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps whatever ends a call to a status of the error contract; the only place of a server that
 * does.
 */
public final class RefusalHandler implements GrpcExceptionHandlerFunction {

  private static final Logger log = LoggerFactory.getLogger(RefusalHandler.class);

  @Override
  public Status apply(RequestContext ctx, Status status, Throwable cause, Metadata metadata) {
    if (status.getCode() == Status.Code.CANCELLED || isOver(cause)) {
      return Status.CANCELLED;
    }
    Refusal refusal = refusal(status, cause);
    if (refusal.getReason() == Reason.REASON_INTERNAL) {
      log.error("{} failed", ctx.path(), cause);
    }
    metadata.merge(RefusalStatus.toTrailers(refusal));
    return Status.fromCodeValue(refusal.getStatus()).withDescription(refusal.getMessage());
  }

  /** Whether the call had ended already, by its caller or by us: there is nobody to tell. */
  private static boolean isOver(Throwable cause) {
    return cause instanceof ClosedStreamException
        || cause instanceof ClosedSessionException
        || cause instanceof ResponseCompleteException;
  }

  /** The refusal that tells a caller about a fault, without anything that is only ours to know. */
  public static Refusal refusal(Status status, Throwable cause) {
    if (cause instanceof RefusedException refused) {
      return refused.refusal();
    }
    Optional<Refusal> passedOn = RefusalStatus.fromThrowable(cause);
    if (passedOn.isPresent()) {
      return passedOn.get();
    }
    if (isMalformed(cause)) {
      return Refuse.because(Reason.REASON_MALFORMED)
          .expected("a protobuf message of this rpc's request type")
          .message("the request cannot be read")
          .build();
    }
    return byStatus(cause instanceof TimeoutException ? Status.DEADLINE_EXCEEDED : status);
  }

  private static Refusal byStatus(Status status) {
    return switch (status.getCode()) {
      case RESOURCE_EXHAUSTED ->
          Refuse.because(Reason.REASON_TOO_LARGE).message("the message is too large").build();
      case DEADLINE_EXCEEDED ->
          Refuse.because(Reason.REASON_TIMEOUT).message("no answer in time").build();
      case UNIMPLEMENTED ->
          Refuse.because(Reason.REASON_METHOD_UNKNOWN).message("no such rpc").build();
      case UNAVAILABLE ->
          Refuse.because(Reason.REASON_UNAVAILABLE).message("not reachable now").build();
      default ->
          Refuse.because(Reason.REASON_INTERNAL)
              .message("a fault of the server's; its log has the rest")
              .build();
    };
  }

  private static boolean isMalformed(Throwable cause) {
    for (@Nullable Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof InvalidProtocolBufferException) {
        return true;
      }
    }
    return false;
  }
}
