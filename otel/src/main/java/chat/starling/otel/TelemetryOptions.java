package chat.starling.otel;

import java.net.URI;

/**
 * What one server says about itself and where its telemetry goes.
 *
 * @param serviceName what the server is, such as {@code channel-server}; not blank
 * @param serviceInstance which one of them it is; not blank
 * @param otlpEndpoint OTLP/gRPC endpoint such as {@code http://127.0.0.1:4317}; empty turns
 *     telemetry off
 * @param sampleRatio share of new traces that are recorded, 0..1; a caller's decision is kept
 */
public record TelemetryOptions(
    String serviceName, String serviceInstance, String otlpEndpoint, double sampleRatio) {

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException that names the option, its value and what was expected
   */
  public TelemetryOptions {
    require(!serviceName.isBlank(), "service-name", serviceName, "a name");
    require(!serviceInstance.isBlank(), "service-instance", serviceInstance, "a name");
    requireEndpoint(otlpEndpoint);
    require(sampleRatio >= 0 && sampleRatio <= 1, "sample-ratio", sampleRatio, "0..1");
  }

  /** Whether there is somewhere to send telemetry to. */
  public boolean enabled() {
    return !otlpEndpoint.isEmpty();
  }

  /**
   * Checks an endpoint by itself, for settings that are read before a server knows its name.
   *
   * @throws IllegalArgumentException that names the option, its value and what was expected
   */
  public static void requireEndpoint(String otlpEndpoint) {
    require(
        otlpEndpoint.isEmpty() || isEndpoint(otlpEndpoint),
        "otlp-endpoint",
        otlpEndpoint,
        "http:// or https:// with host and port, or nothing");
  }

  private static boolean isEndpoint(String text) {
    try {
      URI uri = URI.create(text);
      boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return known && uri.getHost() != null && uri.getPort() > 0 && isRoot(uri.getPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isRoot(String path) {
    return path.isEmpty() || path.equals("/");
  }

  private static void require(boolean holds, String option, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(option + ": " + value + " (expected: " + expected + ")");
    }
  }
}
