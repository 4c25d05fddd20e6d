package chat.starling.client.testing;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Refuses unary calls by the error contract. */
final class Refuse {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private Refuse() {}

  static StatusRuntimeException with(
      Status.Code code, String reason, String field, String value, String expected) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain("starling.chat")
            .setReason(reason)
            .putMetadata("field", field)
            .putMetadata("value", value)
            .putMetadata("expected", expected)
            .build();
    Any detail =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/google.rpc.ErrorInfo")
            .setValue(info.toByteString())
            .build();
    Metadata trailers = new Metadata();
    trailers.put(
        DETAILS,
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .addDetails(detail)
            .build()
            .toByteArray());
    return code.toStatus().withDescription("refused").asRuntimeException(trailers);
  }
}
