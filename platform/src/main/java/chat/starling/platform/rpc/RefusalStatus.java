package chat.starling.platform.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/**
 * A refusal in the form in which gRPC carries it: google.rpc.Status with ErrorInfo and RetryInfo.
 */
public final class RefusalStatus {

  /** The domain of every ErrorInfo of ours. */
  public static final String DOMAIN = "starling.chat";

  private static final String PREFIX = "REASON_";

  private RefusalStatus() {}

  /** The exception that ends a call with this refusal. */
  public static StatusRuntimeException toException(Refusal refusal) {
    return StatusProto.toStatusRuntimeException(toProto(refusal));
  }

  /** The trailers of a call that this refusal ends. */
  public static Metadata toTrailers(Refusal refusal) {
    Metadata trailers = toException(refusal).getTrailers();
    return trailers == null ? new Metadata() : trailers;
  }

  /** The refusal with its details as google.rpc knows them. */
  public static Status toProto(Refusal refusal) {
    Status.Builder status =
        Status.newBuilder().setCode(refusal.getStatus()).setMessage(refusal.getMessage());
    status.addDetails(Any.pack(errorInfo(refusal)));
    if (refusal.hasRetryAfter()) {
      status.addDetails(
          Any.pack(RetryInfo.newBuilder().setRetryDelay(refusal.getRetryAfter()).build()));
    }
    return status.build();
  }

  /** The refusal that another server answered with; empty when the fault is not of our contract. */
  public static Optional<Refusal> fromThrowable(Throwable fault) {
    Status status = StatusProto.fromThrowable(fault);
    if (status == null) {
      return Optional.empty();
    }
    Refusal.Builder refusal =
        Refusal.newBuilder().setStatus(status.getCode()).setMessage(status.getMessage());
    status.getDetailsList().forEach(detail -> read(detail, refusal));
    return refusal.getReason() == Reason.REASON_UNSPECIFIED
        ? Optional.empty()
        : Optional.of(refusal.build());
  }

  private static ErrorInfo errorInfo(Refusal refusal) {
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(name(refusal.getReason()));
    put(info, "field", refusal.getField());
    put(info, "value", refusal.getValue());
    put(info, "expected", refusal.getExpected());
    return info.build();
  }

  private static void put(ErrorInfo.Builder info, String key, String value) {
    if (!value.isEmpty()) {
      info.putMetadata(key, value);
    }
  }

  /** The reason's name on the wire: without its prefix. */
  public static String name(Reason reason) {
    return reason.name().startsWith(PREFIX)
        ? reason.name().substring(PREFIX.length())
        : reason.name();
  }

  /** The reason with this name on the wire; unspecified when this server does not know it. */
  public static Reason reason(String name) {
    for (Reason reason : Reason.values()) {
      if (reason.name().equals(PREFIX + name)) {
        return reason;
      }
    }
    return Reason.REASON_UNSPECIFIED;
  }

  private static void read(Any detail, Refusal.Builder refusal) {
    try {
      if (detail.is(ErrorInfo.class)) {
        read(detail.unpack(ErrorInfo.class), refusal);
      } else if (detail.is(RetryInfo.class)) {
        refusal.setRetryAfter(detail.unpack(RetryInfo.class).getRetryDelay());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("status details that cannot be read", e);
    }
  }

  private static void read(ErrorInfo info, Refusal.Builder refusal) {
    if (info.getDomain().equals(DOMAIN)) {
      refusal
          .setReason(reason(info.getReason()))
          .setField(info.getMetadataOrDefault("field", ""))
          .setValue(info.getMetadataOrDefault("value", ""))
          .setExpected(info.getMetadataOrDefault("expected", ""));
    }
  }
}
