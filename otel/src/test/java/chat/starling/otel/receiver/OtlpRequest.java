package chat.starling.otel.receiver;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the export requests of OTLP 1.x. All three have one shape: per resource, per scope, the
 * spans, log records or metrics themselves.
 */
final class OtlpRequest {

  private static final int RESOURCES = 1;
  private static final int RESOURCE = 1;
  private static final int SCOPES = 2;
  private static final int RECORDS = 2;
  private static final int RESOURCE_ATTRIBUTES = 1;
  private static final int SUM = 7;
  private static final int POINTS = 1;
  private static final int WHOLE_NUMBER = 6;

  private OtlpRequest() {}

  static List<ReceivedSpan> spans(byte[] request) {
    return read(request, OtlpRequest::span);
  }

  static List<ReceivedLog> logs(byte[] request) {
    return read(request, OtlpRequest::log);
  }

  static List<ReceivedMetric> metrics(byte[] request) {
    return read(request, OtlpRequest::metric);
  }

  /** Makes a record of one span, log record or metric and the service it came from. */
  private interface Reader<T> {
    T read(List<Field> message, String service);
  }

  private static <T> List<T> read(byte[] request, Reader<T> reader) {
    return Field.messages(Field.of(ByteString.copyFrom(request)), RESOURCES)
        .flatMap(resource -> records(resource, reader))
        .toList();
  }

  private static <T> Stream<T> records(List<Field> resource, Reader<T> reader) {
    String service =
        Field.messages(resource, RESOURCE)
            .map(message -> attributes(message, RESOURCE_ATTRIBUTES))
            .findFirst()
            .map(attributes -> attributes.getOrDefault("service.name", ""))
            .orElse("");
    return Field.messages(resource, SCOPES)
        .flatMap(scope -> Field.messages(scope, RECORDS))
        .map(message -> reader.read(message, service));
  }

  private static ReceivedSpan span(List<Field> span, String service) {
    return new ReceivedSpan(
        Field.hex(span, 1),
        Field.hex(span, 2),
        Field.hex(span, 4),
        Field.text(span, 5),
        ReceivedSpan.Kind.of(Field.scalar(span, 6)),
        service,
        attributes(span, 9));
  }

  private static ReceivedLog log(List<Field> log, String service) {
    String body = Field.messages(log, 5).map(OtlpRequest::value).findFirst().orElse("");
    return new ReceivedLog(
        Field.hex(log, 9), Field.hex(log, 10), Field.text(log, 3), body, service);
  }

  private static ReceivedMetric metric(List<Field> metric, String service) {
    long value =
        Field.messages(metric, SUM)
            .flatMap(sum -> Field.messages(sum, POINTS))
            .mapToLong(point -> Field.scalar(point, WHOLE_NUMBER))
            .sum();
    return new ReceivedMetric(Field.text(metric, 1), Field.text(metric, 3), service, value);
  }

  private static Map<String, String> attributes(List<Field> message, int number) {
    Map<String, String> attributes = new HashMap<>();
    Field.messages(message, number)
        .forEach(pair ->
            Field.messages(pair, 2)
                .map(OtlpRequest::value)
                .forEach(value -> attributes.put(Field.text(pair, 1), value)));
    return Map.copyOf(attributes);
  }

  /** An AnyValue in text: its string, bool, int or double. */
  private static String value(List<Field> any) {
    return any.stream()
        .findFirst()
        .map(field ->
            switch (field.number()) {
              case 1 -> Field.text(any, 1);
              case 2 -> Boolean.toString(field.scalar() != 0);
              case 3 -> Long.toString(field.scalar());
              case 4 -> Double.toString(Double.longBitsToDouble(field.scalar()));
              default -> "";
            })
        .orElse("");
  }
}
