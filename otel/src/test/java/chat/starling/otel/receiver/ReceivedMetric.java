package chat.starling.otel.receiver;

/**
 * One report of a metric as it arrived.
 *
 * @param unit UCUM unit; empty when the metric has none
 * @param service the {@code service.name} of who sent it
 * @param value of a counter of whole numbers, its points added up; 0 of any other metric
 */
public record ReceivedMetric(String name, String unit, String service, long value) {}
