package chat.starling.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryOptionsTest {

  @Test
  void options_emptyEndpoint_areOff() {
    assertThat(new TelemetryOptions("server", "1", "", 1).enabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:4317", "https://otel.example:443/", "http://[::1]:1"})
  void options_endpointWithHostAndPort_areOn(String endpoint) {
    assertThat(new TelemetryOptions("server", "1", endpoint, 1).enabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "127.0.0.1:4317", "http://h", "ftp://h:1", "http://h:1/v1", "a b"})
  void options_otherEndpoint_areRefusedByName(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TelemetryOptions("server", "1", endpoint, 1))
        .withMessageStartingWith("otlp-endpoint: " + endpoint + " (expected: ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
  void options_ratioOutOfRange_areRefusedByName(double ratio) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TelemetryOptions("server", "1", "", ratio))
        .withMessage("sample-ratio: " + ratio + " (expected: 0..1)");
  }

  @Test
  void options_blankName_areRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TelemetryOptions(" ", "1", "", 1))
        .withMessageStartingWith("service-name: ");
  }
}
