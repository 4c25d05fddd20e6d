package chat.starling.otel;

import java.time.Duration;

/**
 * How often telemetry leaves the process.
 *
 * @param batches the longest that an ended span or a log record waits for others; positive
 * @param metrics the time between two readings of all metrics; positive
 */
public record ExportPace(Duration batches, Duration metrics) {

  /** Spans and logs within half a second, metrics every ten seconds. */
  public static final ExportPace STANDARD =
      new ExportPace(Duration.ofMillis(500), Duration.ofSeconds(10));
}
