package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.ListAuditLogRequest;
import chat.starling.api.internal.v1.ListAuditLogResponse;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.otel.Telemetry;
import chat.starling.otel.TraceParent;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.rpc.RefusalStatus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Has acts done by the owner of the workspace's feed, and shows what they made and made before. */
public final class Acts {

  private final ChannelServers servers;
  private final Telemetry telemetry;

  /** Acts by these servers. */
  public Acts(ChannelServers servers, Telemetry telemetry) {
    this.servers = servers;
    this.telemetry = telemetry;
  }

  /**
   * Does an act, which is also done again safely, as often as its call must be repeated.
   *
   * @param workspaceId that the caller's token admits to
   * @param show reads what the answer shows; it is asked when the act can be read
   * @return fails with the refusal, its fields named as the public requests name them
   */
  public <T> CompletableFuture<T> run(
      Identity who,
      long workspaceId,
      Act.Builder act,
      Terms terms,
      Function<AdministerResponse, CompletableFuture<T>> show) {
    AdministerRequest request =
        AdministerRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setActorId(who.userId())
            .setNonce(terms.requestId())
            .setAct(act)
            .setExpectedVersion(terms.expectedVersion())
            .setReason(terms.reason())
            .build();
    return administer(request, terms.traceparent())
        .exceptionallyCompose(
            fault -> CompletableFuture.failedFuture(ActRefusals.shown(workspaceId, fault)))
        .thenCompose(done ->
            show.apply(done)
                .exceptionallyCompose(fault -> CompletableFuture.failedFuture(unseen(fault))));
  }

  /** As part of the caller's trace if there is one. */
  private CompletableFuture<AdministerResponse> administer(
      AdministerRequest request, String traceparent) {
    var owner = servers.workspaceOwner(request.getWorkspaceId());
    if (!telemetry.enabled()) {
      return owner.administer(request, "");
    }
    Span span =
        telemetry
            .tracer()
            .spanBuilder("starling.act")
            .setParent(TraceParent.into(traceparent))
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("starling.workspace.id", request.getWorkspaceId())
            .setAttribute("starling.act", request.getAct().getActCase().name())
            .startSpan();
    return owner
        .administer(request, TraceParent.of(Context.root().with(span)))
        .whenComplete((done, fault) -> end(span, fault));
  }

  private static void end(Span span, @Nullable Throwable fault) {
    if (fault != null) {
      Throwable cause = ActRefusals.cause(fault);
      String reason =
          cause instanceof RefusedException refused
              ? RefusalStatus.name(refused.reason())
              : cause.getClass().getSimpleName();
      span.setStatus(StatusCode.ERROR).setAttribute("error.type", reason);
    }
    span.end();
  }

  /**
   * A page of what was done, newest first.
   *
   * @param before only entries with smaller ids; 0 for the newest
   */
  public CompletableFuture<ListAuditLogResponse> log(
      Identity who, long workspaceId, int size, long before) {
    return servers
        .any()
        .auditLog(
            ListAuditLogRequest.newBuilder()
                .setWorkspaceId(workspaceId)
                .setActorId(who.userId())
                .setLimit(size)
                .setBeforeEventId(before)
                .build())
        .exceptionallyCompose(
            fault -> CompletableFuture.failedFuture(ActRefusals.shown(workspaceId, fault)));
  }

  /** A refusal says that nothing was done, which is not so any more. */
  private static Throwable unseen(Throwable fault) {
    return ActRefusals.cause(fault) instanceof RefusedException
        ? Refuse.because(Reason.REASON_TIMEOUT)
            .message("it was done, but what it made could not be read in time")
            .toException()
        : fault;
  }
}
