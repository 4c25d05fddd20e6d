package chat.starling.channel.owner;

import chat.starling.otel.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/** Makes the spans of what a feed does with the store, for appends that are traced. */
public final class AppendTrace {

  private final Tracer tracer;

  /** Spans by this tracer. */
  public AppendTrace(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The span of one row's write; of an append that is not traced, none. */
  Span cqlWrite(String traceparent) {
    if (traceparent.isEmpty()) {
      return Span.getInvalid();
    }
    return tracer
        .spanBuilder("cql.write")
        .setParent(TraceParent.into(traceparent))
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute("db.system.name", "cassandra")
        .setAttribute("db.operation.name", "INSERT")
        .setAttribute("db.collection.name", "feed_log")
        .startSpan();
  }
}
