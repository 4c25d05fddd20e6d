package chat.starling.bench.fanout;

import chat.starling.bench.process.ServerTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a server delivered in one slice of time.
 *
 * @param took from the first sending to the last delivery
 * @param servers what the server's processes took of the processors
 * @param events sent
 * @param deliveries of them
 * @param frames DATA frames that they came in
 * @param last how long each event took to its last viewer, in microseconds
 * @param stored how long each took to be durable, in microseconds; empty where nothing is stored
 */
public record DeliverySlice(
    Duration took,
    ServerTime servers,
    long events,
    long deliveries,
    long frames,
    Histogram last,
    Histogram stored) {

  private static final double[] PERCENTILES = {50, 99, 99.9};

  /** What the server's processes took of the processors. */
  public Duration processor() {
    return servers.processor();
  }

  /** Deliveries for a second of a processor. */
  public double perProcessorSecond() {
    return deliveries * 1e9 / Math.max(1, processor().toNanos());
  }

  /** Deliveries a second. */
  public double perSecond() {
    return deliveries * 1e9 / took.toNanos();
  }

  /** For people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%.0f per CPU second (%.0f/s, %d events, %s, %.1f events a frame, p99 %.1f ms)",
        perProcessorSecond(),
        perSecond(),
        events,
        servers.line(),
        (double) deliveries / Math.max(1, frames),
        last.getValueAtPercentile(99) / 1e3);
  }

  /** For machines. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("per_cpu_s", perProcessorSecond());
    figures.put("per_s", perSecond());
    figures.put("cpu_s", processor().toNanos() / 1e9);
    figures.put("compilers_cpu_s", servers.compilers().toNanos() / 1e9);
    figures.put("took_s", took.toNanos() / 1e9);
    figures.put("events", events);
    figures.put("deliveries", deliveries);
    figures.put("frames", frames);
    for (double percentile : PERCENTILES) {
      figures.put(
          "last_viewer_p%s_ms".formatted(percentile), last.getValueAtPercentile(percentile) / 1e3);
      figures.put(
          "stored_p%s_ms".formatted(percentile), stored.getValueAtPercentile(percentile) / 1e3);
    }
    return figures;
  }
}
