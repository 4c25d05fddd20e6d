package chat.starling.platform.settings;

import chat.starling.otel.TelemetryOptions;

/** Where a server's traces, metrics and logs go. */
public record TelemetrySettings(
    @Setting(
            value = "OTLP/gRPC endpoint such as http://127.0.0.1:4317; empty turns telemetry off",
            byDefault = "")
        String otlpEndpoint,
    @Setting(
            value = "share of new traces that are recorded, 0..1; a caller's decision is kept",
            byDefault = "0.01")
        double sampleRatio) {

  /** Checks what a single setting cannot. */
  public TelemetrySettings {
    TelemetryOptions.requireEndpoint(otlpEndpoint);
  }

  /** What the one server needs that is called this; neither name may be blank. */
  public TelemetryOptions of(String serviceName, String serviceInstance) {
    return new TelemetryOptions(serviceName, serviceInstance, otlpEndpoint, sampleRatio);
  }
}
