package chat.starling.edge;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.protobuf.lite.ProtoLiteUtils;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads google.rpc.ErrorInfo out of a call's trailers, as any gRPC client can. */
final class StatusDetails {

  private static final Metadata.Key<Status> DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoLiteUtils.metadataMarshaller(Status.getDefaultInstance()));

  private StatusDetails() {}

  static ErrorInfo errorInfo(@Nullable Metadata trailers) {
    Status status =
        Objects.requireNonNull(Objects.requireNonNull(trailers).get(DETAILS), "no details");
    return status.getDetailsList().stream()
        .filter(detail -> detail.getTypeUrl().endsWith("/google.rpc.ErrorInfo"))
        .map(detail -> parse(detail.getValue().toByteArray()))
        .findFirst()
        .orElseThrow();
  }

  private static ErrorInfo parse(byte[] bytes) {
    try {
      return ErrorInfo.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
