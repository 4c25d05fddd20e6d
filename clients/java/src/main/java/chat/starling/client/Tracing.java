package chat.starling.client;

import chat.starling.api.v1.Event;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's spans: one for each message sent, one for each event handed over. */
final class Tracing {
  private static final String TRACEPARENT = "traceparent";
  private static final AttributeKey<Long> CHANNEL = AttributeKey.longKey("starling.channel_id");
  private static final AttributeKey<Long> SEQ = AttributeKey.longKey("starling.seq");
  private static final TextMapGetter<String> GETTER = new TraceparentGetter();

  private final Tracer tracer;
  private final boolean on;

  Tracing(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("chat.starling.client");
    this.on = !telemetry.equals(OpenTelemetry.noop());
  }

  /** The span of a message from the call to send until its ack. */
  Span startSend(long channelId) {
    return tracer
        .spanBuilder("send")
        .setSpanKind(SpanKind.PRODUCER)
        .setAttribute(CHANNEL, channelId)
        .startSpan();
  }

  static void sent(Span span, long seq) {
    span.setAttribute(SEQ, seq);
    span.end();
  }

  static void failed(Span span, String why) {
    span.setStatus(StatusCode.ERROR, why);
    span.end();
  }

  /** The W3C traceparent of the span; empty when it is not traced. */
  static String traceparent(Span span) {
    StringBuilder header = new StringBuilder();
    W3CTraceContextPropagator.getInstance()
        .inject(
            Context.root().with(span),
            header,
            (carrier, key, value) -> {
              if (carrier != null && key.equals(TRACEPARENT)) {
                carrier.append(value);
              }
            });
    return header.toString();
  }

  /** Hands the event over inside a span that continues the event's trace. */
  void receive(Event event, Runnable handOver) {
    if (!on || event.getTraceparent().isEmpty()) {
      handOver.run();
      return;
    }
    Span span = startReceive(event);
    try {
      Context.current().with(span).wrap(handOver).run();
    } finally {
      span.end();
    }
  }

  private Span startReceive(Event event) {
    Context parent =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), event.getTraceparent(), GETTER);
    return tracer
        .spanBuilder("receive")
        .setParent(parent)
        .setSpanKind(SpanKind.CONSUMER)
        .setAttribute(CHANNEL, event.getChannelId())
        .setAttribute(SEQ, event.getSeq())
        .startSpan();
  }

  /** Reads a carrier that is the traceparent itself. */
  private static final class TraceparentGetter implements TextMapGetter<String> {
    @Override
    public Iterable<String> keys(String carrier) {
      return List.of(TRACEPARENT);
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return key.equals(TRACEPARENT) ? carrier : null;
    }
  }
}
