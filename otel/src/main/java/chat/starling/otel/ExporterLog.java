package chat.starling.otel;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * What the exporters themselves say: they use the JDK's logging, and this leads it to where the
 * rest of the server logs.
 */
final class ExporterLog {

  // Held here because the JDK forgets a logger, with its handlers, that nobody refers to.
  private static final Logger ALL = Logger.getLogger("io.opentelemetry");
  private static final Logger METRIC_READER =
      Logger.getLogger("io.opentelemetry.sdk.metrics.export.PeriodicMetricReader");

  private ExporterLog() {}

  /** Takes effect once per process, for good. */
  static synchronized void useSlf4j() {
    if (ALL.getUseParentHandlers()) {
      ALL.setUseParentHandlers(false);
      ALL.addHandler(new SLF4JBridgeHandler());
      // At each reading it repeats a failure that the exporter reports too, and less often.
      METRIC_READER.setLevel(Level.SEVERE);
    }
  }
}
