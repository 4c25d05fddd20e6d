package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.gateway.signin.TokenRules;
import chat.starling.platform.settings.Settings;
import chat.starling.platform.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

  @Test
  void load_onlyWhatMustBeSet_takesDefaults() {
    GatewaySettings settings = load(Map.of());
    assertThat(settings.development()).isFalse();
    assertThat(settings.public_().port()).isEqualTo(7410);
    assertThat(settings.internal().port()).isEqualTo(7411);
    assertThat(settings.session().heartbeatInterval()).hasSeconds(30);
    assertThat(settings.limits().maxFocus()).isEqualTo(200);
    assertThat(settings.auth().audience()).isEqualTo("starling");
  }

  @Test
  void load_developmentIssuerInProduction_isRefusedByName() {
    expectProblem("auth.issuer", TokenRules.DEVELOPMENT_ISSUER);
    assertThat(
            load(Map.of("environment", "development", "auth.issuer", TokenRules.DEVELOPMENT_ISSUER))
                .development())
        .isTrue();
  }

  @Test
  void load_plainHttpKeysInProduction_areRefusedByName() {
    expectProblem("auth.jwks-url", "http://issuer.test/jwks");
    assertThat(
            load(Map.of("environment", "development", "auth.jwks-url", "http://issuer.test/jwks"))
                .development())
        .isTrue();
  }

  @Test
  void load_shortestHeartbeatLongerThanTheLongest_isRefusedByName() {
    assertThatThrownBy(() ->
            load(Map.of("session.heartbeat-shortest", "20s", "session.heartbeat-longest", "10s")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll("session.heartbeat-shortest", "20000ms", "heartbeat-longest");
  }

  @Test
  void load_certificateWithoutKeyOrKeyWithoutCertificate_isRefusedByName() {
    assertThatThrownBy(() -> load(Map.of("public.certificate", "chain.pem")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll("public.key: empty", "expected", "chain.pem");
    assertThatThrownBy(() -> load(Map.of("public.key", "key.pem")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll("public.certificate: empty", "expected", "key.pem");
  }

  @ParameterizedTest
  @CsvSource({
    "session.heartbeat-interval, 99ms",
    "session.heartbeat-interval, soon",
    "session.replay-events, 100",
    "session.max-sessions, 0",
    "session.heartbeat-longest, 50ms",
    "session.drain-window, -1s",
    "rates.user-messages, 0",
    "rates.user-period, 0s",
    "rates.frames, none",
    "admission.sessions, 0",
    "admission.period, 0ms",
    "admission.longest-wait, 61s",
    "public.max-connections, 0",
    "limits.max-focus, 201",
    "limits.max-frame-bytes, 1",
    "public.port, 70000",
    "environment, staging",
    "channel-servers, nowhere",
    "auth.jwks-url, ftp://issuer.test/jwks",
    "upstream.attempt-timeout, 1ms",
    "upstream.connect-timeout, never",
    "upstream.ping-interval, 999ms",
    "upstream.breaker-window, 10ms",
    "upstream.breaker-min-calls, 0",
    "upstream.breaker-failure-rate, 0.0",
    "upstream.breaker-failure-rate, 1.5",
    "upstream.breaker-open-time, 1ms",
  })
  void load_wrongValue_isNamedByPathAndValue(String path, String value) {
    expectProblem(path, value);
  }

  private static void expectProblem(String path, String value) {
    assertThatThrownBy(() -> load(Map.of(path, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll(path, value, "expected");
  }

  private static GatewaySettings load(Map<String, String> changes) {
    Map<String, String> texts = new HashMap<>();
    texts.put("auth.issuer", "https://issuer.test");
    texts.put("auth.jwks-url", "https://issuer.test/jwks");
    texts.putAll(changes);
    return Settings.load(GatewaySettings.class, null, Map.of(), texts).value();
  }
}
