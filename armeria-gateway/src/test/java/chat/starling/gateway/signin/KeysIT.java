package chat.starling.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.harness.TestIssuer;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.time.SystemTime;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysIT {

  private TestIssuer issuer;
  private SignIn signIn;

  @BeforeEach
  void start() throws IOException {
    issuer = new TestIssuer();
    TokenRules rules =
        new TokenRules(TestIssuer.ISSUER, TestIssuer.AUDIENCE, Duration.ofSeconds(30), false);
    signIn = new SignIn(rules, Keys.at(issuer.jwks(), Duration.ofMinutes(4)), SystemTime.wall());
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void check_manyTokens_fetchesKeysOnce() {
    for (int user = 1; user <= 20; user++) {
      assertThat(signIn.check(issuer.token(user, "Ada", 1L)).userId()).isEqualTo(user);
    }
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void check_newKey_isFetched() {
    signIn.check(issuer.token(1, "Ada", 1L));
    issuer.rotate("key-2");
    assertThat(signIn.check(issuer.token(2, "Bob", 1L)).userId()).isEqualTo(2);
  }

  @Test
  void check_manyUnknownKeys_doesNotFloodTheIssuer() {
    signIn.check(issuer.token(1, "Ada", 1L));
    for (int i = 0; i < 20; i++) {
      String token = TestIssuer.sign(UnaryOperator.identity(), TestIssuer.key("nobody-" + i));
      assertThatThrownBy(() -> signIn.check(token))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.reason()).isEqualTo(Reason.REASON_TOKEN_INVALID));
    }
    assertThat(issuer.fetches()).isLessThanOrEqualTo(3);
  }

  @Test
  void check_issuerGone_goesOnWithTheKeysItHas() {
    signIn.check(issuer.token(1, "Ada", 1L));
    issuer.close();
    assertThat(signIn.check(issuer.token(2, "Bob", 1L)).userId()).isEqualTo(2);
  }
}
