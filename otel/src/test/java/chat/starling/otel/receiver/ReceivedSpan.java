package chat.starling.otel.receiver;

import java.util.Map;

/**
 * A span as it arrived.
 *
 * @param traceId 32 lower-case hex digits
 * @param spanId 16 lower-case hex digits
 * @param parentSpanId 16 lower-case hex digits; empty for a root
 * @param service the {@code service.name} of who sent it
 * @param attributes the span's own attributes, values in text; arrays and maps are left out
 */
public record ReceivedSpan(
    String traceId,
    String spanId,
    String parentSpanId,
    String name,
    Kind kind,
    String service,
    Map<String, String> attributes) {

  /** A span's role. */
  public enum Kind {
    UNSPECIFIED,
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER;

    static Kind of(long otlp) {
      return switch ((int) otlp) {
        case 1 -> INTERNAL;
        case 2 -> SERVER;
        case 3 -> CLIENT;
        case 4 -> PRODUCER;
        case 5 -> CONSUMER;
        default -> UNSPECIFIED;
      };
    }
  }
}
