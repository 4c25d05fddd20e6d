package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.channel.owner.FeedMetrics;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.time.MonotonicClock;
import com.google.protobuf.util.Timestamps;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** Answers the caller of one append and ends its span. */
final class AppendAnswer implements AppendReply {

  private final AppendCaller caller;
  private final Span span;
  private final String traceparent;
  private final MonotonicClock clock;
  private final FeedMetrics metrics;
  private final long begun;

  AppendAnswer(
      AppendCaller caller,
      Span span,
      String traceparent,
      MonotonicClock clock,
      FeedMetrics metrics) {
    this.caller = caller;
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
    caller.appended(
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
    caller.refused(refusal);
  }
}
