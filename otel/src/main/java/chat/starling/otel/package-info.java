/**
 * One telemetry bootstrap for every server: traces, metrics and logs to an OTLP endpoint, or
 * nothing at all.
 *
 * <p>Start with {@link Telemetry}. {@link TraceParent} is the form in which a trace travels inside
 * frames, events and headers.
 */
@NullMarked
package chat.starling.otel;

import org.jspecify.annotations.NullMarked;
