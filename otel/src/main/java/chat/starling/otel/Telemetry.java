package chat.starling.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;

/**
 * A server's telemetry for as long as it runs: either a pipeline to an OTLP endpoint, or the no-op
 * that costs nothing.
 *
 * <p>Nothing is registered globally; whoever makes spans or metrics is handed this object.
 */
public final class Telemetry implements AutoCloseable {

  private static final String SCOPE = "chat.starling";

  private final OpenTelemetry openTelemetry;
  private final Runnable stop;
  private final boolean enabled;

  private Telemetry(OpenTelemetry openTelemetry, Runnable stop, boolean enabled) {
    this.openTelemetry = openTelemetry;
    this.stop = stop;
    this.enabled = enabled;
  }

  /**
   * Starts telemetry; off and without a thread when the endpoint is empty. Returns at once whether
   * or not anybody listens at the endpoint.
   */
  public static Telemetry start(TelemetryOptions options) {
    return start(options, ExportPace.STANDARD);
  }

  /** Starts telemetry that leaves the process at the given pace. */
  public static Telemetry start(TelemetryOptions options, ExportPace pace) {
    if (!options.enabled()) {
      return new Telemetry(OpenTelemetry.noop(), () -> {}, false);
    }
    OtlpPipeline pipeline = OtlpPipeline.start(options, pace);
    return new Telemetry(pipeline.sdk(), pipeline::close, true);
  }

  /** What libraries with instrumentation of their own take. */
  public OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  /** Makes Starling's own spans; the no-op tracer when off. */
  public Tracer tracer() {
    return openTelemetry.getTracer(SCOPE);
  }

  /** Makes Starling's own metrics; the no-op meter when off. */
  public Meter meter() {
    return openTelemetry.getMeter(SCOPE);
  }

  /** Whether anything leaves this process. */
  public boolean enabled() {
    return enabled;
  }

  /**
   * Sends what is still held and ends telemetry's threads; within five seconds, also when nobody
   * listens at the endpoint.
   */
  @Override
  public void close() {
    stop.run();
  }
}
