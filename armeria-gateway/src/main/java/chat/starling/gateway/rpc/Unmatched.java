package chat.starling.gateway.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.frames.Trailers;
import chat.starling.platform.refusal.Refuse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Answers what nothing else does: METHOD_UNKNOWN to gRPC, 404 to everybody else. */
final class Unmatched implements HttpService {

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    MediaType type = request.contentType();
    if (type != null && type.toString().startsWith(Trailers.GRPC)) {
      return Trailers.only(
          Refuse.because(Reason.REASON_METHOD_UNKNOWN)
              .field("method")
              .value(ctx.path())
              .expected("an rpc of starling.v1")
              .build());
    }
    return HttpResponse.of(
        HttpStatus.NOT_FOUND,
        MediaType.JSON_UTF_8,
        "{\"code\":5,\"message\":\"there is nothing at this path\"}");
  }
}
