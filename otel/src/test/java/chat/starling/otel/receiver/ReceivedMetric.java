package chat.starling.otel.receiver;

/**
 * One report of a metric as it arrived, without its points.
 *
 * @param unit UCUM unit; empty when the metric has none
 * @param service the {@code service.name} of who sent it
 */
public record ReceivedMetric(String name, String unit, String service) {}
