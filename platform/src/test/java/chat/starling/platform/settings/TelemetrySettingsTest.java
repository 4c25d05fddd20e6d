package chat.starling.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.starling.otel.TelemetryOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetrySettingsTest {

  record Server(TelemetrySettings telemetry) {}

  @Test
  void load_nothingGiven_isOff() {
    assertThat(load(Map.of()).of("gateway", "a:1").enabled()).isFalse();
  }

  @Test
  void load_endpointAndRatio_becomeTheServersOptions() {
    Map<String, String> set =
        Map.of("telemetry.otlp-endpoint", "http://h:4317", "telemetry.sample-ratio", "0.5");
    assertThat(load(set).of("gateway", "a:1"))
        .isEqualTo(new TelemetryOptions("gateway", "a:1", "http://h:4317", 0.5));
  }

  @Test
  void load_endpointWithoutScheme_isNamedByPathValueAndExpectation() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> load(Map.of("telemetry.otlp-endpoint", "h:4317")))
        .satisfies(e ->
            assertThat(e.problems())
                .containsExactly(
                    "telemetry.otlp-endpoint: h:4317 (expected: http:// or https:// with host"
                        + " and port, or nothing)"));
  }

  private static TelemetrySettings load(Map<String, String> set) {
    return Settings.load(Server.class, null, Map.of(), set).value().telemetry();
  }
}
