package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.channel.owner.FeedMetrics;
import chat.starling.otel.TraceParent;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.time.MonotonicClock;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** Begins the span and the stop watch of every append. */
public final class AppendSpans {

  private static final String TRACEPARENT = "traceparent";

  private final Tracer tracer;
  private final FeedMetrics metrics;
  private final MonotonicClock clock;

  /** Spans by this tracer, times to these metrics. */
  public AppendSpans(Tracer tracer, FeedMetrics metrics, MonotonicClock clock) {
    this.tracer = tracer;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Begins the span of the current call, as a child of its caller's. */
  AppendAnswer begin(FeedId feed, StreamObserver<AppendResponse> call) {
    String parent = ServiceRequestContext.current().request().headers().get(TRACEPARENT, "");
    Context caller = TraceParent.into(parent);
    Span span =
        tracer
            .spanBuilder("feed.append")
            .setParent(caller)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("starling.channel.id", feed.id())
            .startSpan();
    return new AppendAnswer(call, span, TraceParent.of(caller.with(span)), clock, metrics);
  }
}
