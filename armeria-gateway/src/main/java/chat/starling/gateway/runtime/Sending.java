package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.Sent;
import chat.starling.gateway.session.Effect;
import chat.starling.gateway.signin.Identity;
import chat.starling.otel.TraceParent;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.rpc.RefusalStatus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Brings a send to its channel's owner, as part of the client's trace if there is one. */
record Sending(SessionParts parts) {

  /** Completes once the message is durable. */
  CompletableFuture<AppendResponse> append(Identity author, Effect.Append append) {
    if (!parts.telemetry().enabled()) {
      return append(author, append.send(), "");
    }
    Span span =
        parts
            .telemetry()
            .tracer()
            .spanBuilder("starling.send")
            .setParent(TraceParent.into(append.traceparent()))
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("starling.channel.id", append.send().getChannelId())
            .startSpan();
    return append(author, append.send(), TraceParent.of(Context.root().with(span)))
        .whenComplete((done, fault) -> end(span, fault));
  }

  /** What the client is told once its message is durable. */
  static Sent answer(Send send, AppendResponse done) {
    return Sent.newBuilder()
        .setChannelId(send.getChannelId())
        .setNonce(send.getNonce())
        .setSeq(done.getSeq())
        .setMessageId(done.getMessageId())
        .setCreatedAt(done.getCreatedAt())
        .build();
  }

  private static void end(Span span, @Nullable Throwable fault) {
    if (fault != null) {
      String reason = RefusalStatus.name(Faults.refusal(fault).getReason());
      span.setStatus(StatusCode.ERROR).setAttribute("error.type", reason);
    }
    span.end();
  }

  private CompletableFuture<AppendResponse> append(Identity author, Send send, String traceparent) {
    AppendRequest request =
        AppendRequest.newBuilder()
            .setFeed(Pages.feed(send.getChannelId()))
            .setAuthor(author.author())
            .setNonce(send.getNonce())
            .setText(send.getText())
            .setRetry(send.getRetry())
            .build();
    return parts
        .permits()
        .check(author, send.getChannelId(), Permission.SEND_MESSAGES)
        .thenCompose(permit -> {
          parts
              .rates()
              .countWorkspace(permit.workspaceId(), send.getChannelId())
              .ifPresent(Sending::refuse);
          return parts.servers().owner(send.getChannelId()).append(request, traceparent);
        });
  }

  private static void refuse(Refusal refusal) {
    throw new RefusedException(refusal);
  }
}
