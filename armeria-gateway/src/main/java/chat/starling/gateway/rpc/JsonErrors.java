package chat.starling.gateway.rpc;

import chat.starling.api.v1.Refusal;
import chat.starling.platform.rpc.RefusalHandler;
import chat.starling.platform.rpc.RefusalStatus;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.UnframedGrpcErrorHandler;
import com.linecorp.armeria.server.grpc.UnframedGrpcStatusMappingFunction;
import io.grpc.Status;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A refusal over HTTP/JSON: google.rpc.Status as JSON, under the HTTP status that fits. */
final class JsonErrors implements UnframedGrpcErrorHandler {

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorInfo.getDescriptor())
                  .add(RetryInfo.getDescriptor())
                  .build());

  @Override
  public HttpResponse handle(
      ServiceRequestContext ctx, Status status, AggregatedHttpResponse response) {
    HttpStatus httpStatus = UnframedGrpcStatusMappingFunction.of().apply(ctx, status, null);
    return HttpResponse.of(
        httpStatus == null ? HttpStatus.INTERNAL_SERVER_ERROR : httpStatus,
        MediaType.JSON_UTF_8,
        json(status, details(response)));
  }

  private static @Nullable String details(AggregatedHttpResponse response) {
    String details = response.trailers().get(GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN);
    return details == null
        ? response.headers().get(GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN)
        : details;
  }

  /** The refusal as JSON. */
  static String json(Refusal refusal) {
    return print(RefusalStatus.toProto(refusal));
  }

  private static String json(Status status, @Nullable String details) {
    if (details == null) {
      return json(RefusalHandler.refusal(status, status.asRuntimeException()));
    }
    try {
      return print(com.google.rpc.Status.parseFrom(Base64.getDecoder().decode(details)));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a status of our own", e);
    }
  }

  private static String print(com.google.rpc.Status status) {
    try {
      return PRINTER.print(status);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a status of our own", e);
    }
  }
}
