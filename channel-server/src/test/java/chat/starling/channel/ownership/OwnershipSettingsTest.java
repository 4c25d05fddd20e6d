package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.platform.settings.Settings;
import chat.starling.platform.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnershipSettingsTest {

  record Server(OwnershipSettings ownership) {}

  private static OwnershipSettings load(Map<String, String> texts) {
    return Settings.load(Server.class, null, Map.of(), texts).value().ownership();
  }

  @Test
  void load_nothingGiven_isSafe() {
    OwnershipSettings settings = load(Map.of());
    assertThat(settings.watchPeriod())
        .isGreaterThanOrEqualTo(
            OwnershipSettings.leastWatchPeriod(settings.lease(), settings.clockRateTolerance()));
  }

  @Test
  void leastWatchPeriod_clocksThatDiffer_allowsForBothFactors() {
    assertThat(OwnershipSettings.leastWatchPeriod(Duration.ofSeconds(3), 0.1))
        .isEqualTo(Duration.ofMillis(3667));
    assertThat(OwnershipSettings.leastWatchPeriod(Duration.ofSeconds(3), 0))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void load_watchPeriodTooShort_namesPathValueAndExpectation() {
    assertThatThrownBy(() -> load(Map.of("ownership.watch-period", "3s")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "ownership.watch-period: 3000ms (expected: at least 3061ms, which is the lease ×"
                + " (1 + clock-rate-tolerance) / (1 - clock-rate-tolerance))");
  }

  @Test
  void load_leaseTooShortForItsRenewals_namesPathValueAndExpectation() {
    assertThatThrownBy(() -> load(Map.of("ownership.renew-interval", "2500ms")))
        .hasMessage(
            "ownership.renew-interval: 2500ms (expected: with the store-timeout of 800ms less than"
                + " the lease of 3000ms)");
  }

  @Test
  void load_clocksThatMayStandStill_areRefused() {
    assertThatThrownBy(() -> load(Map.of("ownership.clock-rate-tolerance", "0.5")))
        .hasMessage("ownership.clock-rate-tolerance: 0.5 (expected: 0 or more and less than 0.5)");
  }
}
