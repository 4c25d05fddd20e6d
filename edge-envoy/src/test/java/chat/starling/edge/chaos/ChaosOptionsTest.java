package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChaosOptionsTest {

  @Test
  void options_noneGiven_areEachFaultOnceOnThreeAndTwoServers() {
    ChaosOptions options = ChaosOptions.of(new Properties(), 7);
    assertThat(options.seed()).isEqualTo(7);
    assertThat(options.atLeast()).isEmpty();
    assertThat(options.faults()).containsExactly(FaultKind.values());
    assertThat(options.channelServers()).isEqualTo(3);
    assertThat(options.gateways()).isEqualTo(2);
    assertThat(options.json()).isEmpty();
  }

  @Test
  void options_given_areTaken() {
    var properties = new Properties();
    properties.setProperty("starling.chaos.seed", "11");
    properties.setProperty("starling.chaos.minutes", "10");
    properties.setProperty("starling.chaos.faults", "redis-stop, channel-server-kill");
    properties.setProperty("starling.chaos.channel-servers", "");
    properties.setProperty("starling.chaos.json", "report.json");
    ChaosOptions options = ChaosOptions.of(properties, 7);
    assertThat(options.seed()).isEqualTo(11);
    assertThat(options.atLeast()).hasValue(Duration.ofMinutes(10));
    assertThat(options.faults())
        .containsExactly(FaultKind.REDIS_STOP, FaultKind.CHANNEL_SERVER_KILL);
    assertThat(options.channelServers()).isEqualTo(3);
    assertThat(options.json()).hasValue(Path.of("report.json"));
  }

  @ParameterizedTest
  @CsvSource({
    "minutes, 0, 1..1440",
    "minutes, ten, 1..1440",
    "channel-servers, 10, 1..9",
    "gateways, 0, 1..5",
    "faults, flood, channel-server-kill"
  })
  void option_wrong_isRefusedByName(String name, String value, String expected) {
    var properties = new Properties();
    properties.setProperty("starling.chaos." + name, value);
    assertThatThrownBy(() -> ChaosOptions.of(properties, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("starling.chaos.%s: %s (expected: ", name, value)
        .hasMessageContaining(expected);
  }
}
