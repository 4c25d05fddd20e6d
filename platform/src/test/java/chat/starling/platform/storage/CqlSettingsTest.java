package chat.starling.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.platform.settings.Settings;
import chat.starling.platform.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CqlSettingsTest {

  record Server(CqlSettings cql) {}

  @Test
  void defaults_readAndWriteByLocalQuorumAndAskOneMoreNode() {
    CqlSettings settings = load(Map.of());
    assertThat(settings.logConsistency()).isEqualTo(Consistency.LOCAL_QUORUM);
    assertThat(settings.viewReadConsistency()).isEqualTo(Consistency.LOCAL_QUORUM);
    assertThat(settings.speculativeDelay()).isEqualTo(Duration.ofMillis(200));
    assertThat(settings.speculativeMax()).isEqualTo(1);
  }

  @Test
  void viewRead_byOne_isTaken() {
    assertThat(load(Map.of("cql.view-read-consistency", "local-one")).viewReadConsistency())
        .isEqualTo(Consistency.LOCAL_ONE);
  }

  @ParameterizedTest
  @CsvSource({
    "cql.log-consistency, local-one, local-quorum or quorum",
    "cql.log-consistency, all, local-quorum",
    "cql.view-read-consistency, one, local-one",
    "cql.speculative-delay, 61s, 0ms..60000ms",
    "cql.speculative-max, 0, 1..4",
    "cql.speculative-max, 5, 1..4",
    "cql.keyspace, Starling, lower-case"
  })
  void setting_wrong_isNamedWithItsValueAndWhatWasExpected(
      String path, String value, String expected) {
    assertThatThrownBy(() -> load(Map.of(path, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll(path + ": " + value, expected);
  }

  private static CqlSettings load(Map<String, String> texts) {
    return Settings.load(Server.class, null, Map.of(), texts).value().cql();
  }
}
