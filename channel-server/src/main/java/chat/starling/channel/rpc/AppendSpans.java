package chat.starling.channel.rpc;

import chat.starling.channel.owner.FeedMetrics;
import chat.starling.otel.TraceParent;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.time.MonotonicClock;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** Begins the span and the stop watch of every append. */
public final class AppendSpans {

  private final Tracer tracer;
  private final FeedMetrics metrics;
  private final MonotonicClock clock;

  /** Spans by this tracer, times to these metrics. */
  public AppendSpans(Tracer tracer, FeedMetrics metrics, MonotonicClock clock) {
    this.tracer = tracer;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Begins the span of an append, as a child of the span that this traceparent names. */
  AppendAnswer begin(FeedId feed, String traceparent, AppendCaller caller) {
    Context parent = TraceParent.into(traceparent);
    Span span =
        tracer
            .spanBuilder("feed.append")
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("starling.channel.id", feed.id())
            .startSpan();
    return new AppendAnswer(caller, span, TraceParent.of(parent.with(span)), clock, metrics);
  }
}
