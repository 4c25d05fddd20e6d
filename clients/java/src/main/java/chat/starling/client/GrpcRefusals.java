package chat.starling.client;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Reads the error contract out of the end of a gRPC call. */
final class GrpcRefusals {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final String DOMAIN = "starling.chat";

  private GrpcRefusals() {}

  /**
   * The refusal that a failed call stands for; without details it has the status and its text only.
   */
  static Refusal of(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    Refusal.Builder refusal =
        Refusal.newBuilder().setStatus(status.getCode().value()).setMessage(text(status));
    Metadata trailers = Status.trailersFromThrowable(failure);
    byte[] details = trailers == null ? null : trailers.get(DETAILS);
    if (details != null) {
      addDetails(details, refusal);
    }
    return refusal.build();
  }

  private static void addDetails(byte[] details, Refusal.Builder refusal) {
    try {
      for (Any detail : com.google.rpc.Status.parseFrom(details).getDetailsList()) {
        addDetail(detail, refusal);
      }
    } catch (InvalidProtocolBufferException e) {
      // The status itself still says what kind of failure it is.
      refusal.setReason(Reason.REASON_UNSPECIFIED);
    }
  }

  private static void addDetail(Any detail, Refusal.Builder refusal)
      throws InvalidProtocolBufferException {
    if (detail.getTypeUrl().endsWith("/google.rpc.ErrorInfo")) {
      ErrorInfo info = ErrorInfo.parseFrom(detail.getValue());
      if (info.getDomain().equals(DOMAIN)) {
        refusal
            .setReason(reason(info.getReason()))
            .setField(info.getMetadataOrDefault("field", ""))
            .setValue(info.getMetadataOrDefault("value", ""))
            .setExpected(info.getMetadataOrDefault("expected", ""));
      }
    } else if (detail.getTypeUrl().endsWith("/google.rpc.RetryInfo")) {
      refusal.setRetryAfter(RetryInfo.parseFrom(detail.getValue()).getRetryDelay());
    }
  }

  // The contract carries the name of a reason, so that it can be read without this enum.
  @SuppressWarnings("LiteEnumValueOf")
  private static Reason reason(String name) {
    try {
      return Reason.valueOf("REASON_" + name);
    } catch (IllegalArgumentException e) {
      return Reason.REASON_UNSPECIFIED;
    }
  }

  private static String text(Status status) {
    StringBuilder text = new StringBuilder();
    if (status.getDescription() != null) {
      text.append(status.getDescription());
    }
    Throwable cause = root(status.getCause());
    if (cause != null && cause.getMessage() != null) {
      text.append(text.length() == 0 ? "" : ": ").append(cause.getMessage());
    }
    return text.toString();
  }

  private static @Nullable Throwable root(@Nullable Throwable cause) {
    Throwable root = cause;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
