package chat.starling.gateway.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/** What a request is told that fails before any rpc sees it, such as JSON that cannot be read. */
final class HttpErrors implements ServerErrorHandler {

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    return null; // Armeria finds the status; the words are ours
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status).contentType(MediaType.JSON_UTF_8).build(),
        HttpData.ofUtf8(JsonErrors.json(refusal(status))));
  }

  private static Refusal refusal(HttpStatus status) {
    return switch (status.code()) {
      case 413 -> said(Reason.REASON_TOO_LARGE, "the request is too large");
      case 408, 504 -> said(Reason.REASON_TIMEOUT, "no answer in time");
      case 503 -> said(Reason.REASON_UNAVAILABLE, "not reachable now");
      default ->
          status.isClientError()
              ? said(Reason.REASON_MALFORMED, "the request cannot be read")
              : said(Reason.REASON_INTERNAL, "a fault of the server's; its log has the rest");
    };
  }

  private static Refusal said(Reason reason, String message) {
    return Refuse.because(reason).message(message).build();
  }
}
