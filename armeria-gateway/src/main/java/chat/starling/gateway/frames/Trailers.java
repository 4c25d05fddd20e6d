package chat.starling.gateway.frames;

import chat.starling.api.v1.Refusal;
import chat.starling.platform.rpc.RefusalStatus;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.common.grpc.protocol.StatusMessageEscaper;
import java.util.Base64;

/** How gRPC ends a call, in HTTP's words. */
public final class Trailers {

  /** The content type of all gRPC. */
  public static final String GRPC = "application/grpc";

  private static final ResponseHeaders BEGIN =
      ResponseHeaders.builder(HttpStatus.OK).add("content-type", GRPC).build();

  private static final HttpHeaders OK = HttpHeaders.of(GrpcHeaderNames.GRPC_STATUS, "0");

  private Trailers() {}

  /** Headers of a call that goes on. */
  public static ResponseHeaders begin() {
    return BEGIN;
  }

  /** The end of a call that went well. */
  public static HttpHeaders ok() {
    return OK;
  }

  /** The end of a call that was refused. */
  public static HttpHeaders refused(Refusal refusal) {
    return add(HttpHeaders.builder().endOfStream(true), refusal).build();
  }

  /** The answer to a call that does not even begin. */
  public static HttpResponse only(Refusal refusal) {
    HttpHeaders trailers = refused(refusal);
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .add("content-type", GRPC)
            .add(trailers)
            .endOfStream(true)
            .build());
  }

  private static HttpHeadersBuilder add(HttpHeadersBuilder headers, Refusal refusal) {
    byte[] details = RefusalStatus.toProto(refusal).toByteArray();
    return headers
        .add(GrpcHeaderNames.GRPC_STATUS, Integer.toString(refusal.getStatus()))
        .add(GrpcHeaderNames.GRPC_MESSAGE, StatusMessageEscaper.escape(refusal.getMessage()))
        .add(
            GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN,
            Base64.getEncoder().withoutPadding().encodeToString(details));
  }
}
