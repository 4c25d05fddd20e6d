package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.Sent;
import chat.starling.gateway.moderation.MentionReader;
import chat.starling.gateway.moderation.TextFilters;
import chat.starling.gateway.session.Effect;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.Permit;
import chat.starling.otel.TraceParent;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
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
    return parts
        .permits()
        .check(author, send.getChannelId(), Permission.SEND_MESSAGES)
        .thenCompose(permit -> {
          TextFilters filters = permit.filters();
          int weight = filters.weight(send.getText());
          parts
              .rates()
              .countWorkspace(permit.workspaceId(), send.getChannelId(), weight)
              .ifPresent(Sending::refuse);
          if (filters.stop(send.getText())
              && !parts.permits().allows(permit, Permission.MANAGE_MESSAGES)) {
            throw filtered();
          }
          return parts
              .servers()
              .owner(send.getChannelId())
              .append(request(author, permit, send), traceparent);
        });
  }

  private AppendRequest request(Identity author, Permit permit, Send send) {
    Permits permits = parts.permits();
    int slow = permit.slowModeSeconds();
    boolean waits = slow > 0 && !permits.allows(permit, Permission.BYPASS_SLOW_MODE);
    AppendRequest.Builder request =
        AppendRequest.newBuilder()
            .setFeed(Pages.feed(send.getChannelId()))
            .setAuthor(author.author())
            .setNonce(send.getNonce())
            .setText(send.getText())
            .setRetry(send.getRetry())
            .setSlowModeSeconds(waits ? slow : 0);
    if (send.getText().indexOf('@') >= 0) {
      request
          .setMentions(
              MentionReader.in(send.getText(), permits.allows(permit, Permission.MENTION_EVERYONE)))
          .setMentionSeconds(parts.mentionSeconds());
    }
    return request.build();
  }

  private static RefusedException filtered() {
    return Refuse.because(Reason.REASON_FILTERED)
        .field("text")
        .expected("a text that the workspace's filters let through")
        .toException();
  }

  private static void refuse(Refusal refusal) {
    throw new RefusedException(refusal);
  }
}
