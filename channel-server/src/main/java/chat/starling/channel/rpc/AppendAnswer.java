package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.channel.owner.FeedMetrics;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.time.MonotonicClock;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** Answers one Append call and ends its span. */
final class AppendAnswer implements AppendReply {

  private final StreamObserver<AppendResponse> call;
  private final Span span;
  private final String traceparent;
  private final MonotonicClock clock;
  private final FeedMetrics metrics;
  private final long begun;

  AppendAnswer(
      StreamObserver<AppendResponse> call,
      Span span,
      String traceparent,
      MonotonicClock clock,
      FeedMetrics metrics) {
    this.call = call;
    this.span = span;
    this.traceparent = traceparent;
    this.clock = clock;
    this.metrics = metrics;
    this.begun = clock.nanos();
  }

  /** The traceparent of the append's span; empty when it is not traced. */
  String traceparent() {
    return traceparent;
  }

  @Override
  public void acked(Appended result) {
    metrics.appended(clock.nanos() - begun);
    span.setAttribute("starling.seq", result.seq()).end();
    Answers.finish(
        call,
        AppendResponse.newBuilder()
            .setSeq(result.seq())
            .setMessageId(result.messageId())
            .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(result.messageId())))
            .setDuplicate(result.duplicate())
            .build());
  }

  @Override
  public void refused(Refusal refusal) {
    span.setStatus(StatusCode.ERROR, refusal.getReason().name()).end();
    call.onError(new RefusedException(refusal));
  }
}
