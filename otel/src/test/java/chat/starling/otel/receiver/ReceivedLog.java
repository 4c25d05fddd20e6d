package chat.starling.otel.receiver;

/**
 * A log record as it arrived.
 *
 * @param traceId 32 lower-case hex digits; empty when it was written outside a span
 * @param spanId 16 lower-case hex digits; empty when it was written outside a span
 * @param severity the level's name
 * @param service the {@code service.name} of who sent it
 */
public record ReceivedLog(
    String traceId, String spanId, String severity, String body, String service) {}
