package chat.starling.otel;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/**
 * The pattern word {@code %trace}: {@code " trace_id=<id>"} when a line is written inside a sampled
 * span, nothing otherwise. It reads the current span while the line is formatted, so it belongs
 * into an appender that formats on the thread that logs.
 */
public final class TraceIdConverter extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() && span.isSampled() ? " trace_id=" + span.getTraceId() : "";
  }
}
