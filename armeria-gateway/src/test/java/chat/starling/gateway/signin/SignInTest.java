package chat.starling.gateway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.harness.TestIssuer;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.time.SystemTime;
import com.google.common.base.Splitter;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

  private static final ECKey KEY = TestIssuer.key("key-1");
  private static final ECKey DEVELOPMENT = TestIssuer.key(TokenRules.DEVELOPMENT_KEY_PREFIX + "1");

  private static final Duration SKEW = Duration.ofSeconds(30);

  private JWKSet keys = new JWKSet(List.of(KEY.toPublicJWK(), DEVELOPMENT.toPublicJWK()));
  private Duration passed = Duration.ZERO;
  private final SignIn signIn = signIn(false);

  @Test
  void check_goodToken_isItsIdentity() {
    Identity identity =
        signIn.check(
            token(claims ->
                claims
                    .subject("9223372036854775807")
                    .claim("name", "Ada 🐦")
                    .claim("workspaces", List.of(5L, "6", 5L))));
    assertThat(identity.userId()).isEqualTo(Long.MAX_VALUE);
    assertThat(identity.name()).isEqualTo("Ada 🐦");
    assertThat(identity.workspaces()).containsExactly(5L, 6L);
    assertThat(identity.admitsTo(6)).isTrue();
    assertThat(identity.admitsTo(7)).isFalse();
  }

  @Test
  void check_founder_mayFoundWhatTheClaimNames() {
    Identity identity =
        signIn.check(token(claims -> claims.claim("founder", List.of(5L, "9223372036854775807"))));
    assertThat(identity.mayFound(5)).isTrue();
    assertThat(identity.mayFound(Long.MAX_VALUE)).isTrue();
    assertThat(identity.mayFound(1)).isFalse();
    assertThat(signIn.check(token(claims -> claims)).mayFound(1)).isFalse();
  }

  @Test
  void check_severalAudiences_needsOnlyOurs() {
    assertThat(signIn.check(token(claims -> claims.audience(List.of("mail", "starling")))).userId())
        .isEqualTo(1);
  }

  @Test
  void check_expiredWithinSkew_isStillTaken() {
    Date justOver = Date.from(now().minusSeconds(10));
    assertThat(signIn.check(token(claims -> claims.expirationTime(justOver))).expiresAt())
        .isAfter(now());
  }

  @Test
  void check_noToken_isMissing() {
    assertThat(reason("")).isEqualTo(Reason.REASON_TOKEN_MISSING);
  }

  @Test
  void check_expired_isExpired() {
    Date over = Date.from(now().minusSeconds(60));
    assertThat(reason(token(claims -> claims.expirationTime(over))))
        .isEqualTo(Reason.REASON_TOKEN_EXPIRED);
  }

  @Test
  void check_otherAudience_isWrongAudience() {
    assertThat(reason(token(claims -> claims.audience("mail"))))
        .isEqualTo(Reason.REASON_TOKEN_WRONG_AUDIENCE);
  }

  static Stream<UnaryOperator<JWTClaimsSet.Builder>> wrongClaims() {
    return Stream.of(
        claims -> claims.issuer("https://elsewhere.test"),
        claims -> claims.issuer(null),
        claims -> claims.issuer(TokenRules.DEVELOPMENT_ISSUER),
        claims -> claims.expirationTime(null),
        claims -> claims.notBeforeTime(Date.from(now().plusSeconds(600))),
        claims -> claims.subject(null),
        claims -> claims.subject("0"),
        claims -> claims.subject("-1"),
        claims -> claims.subject("ada"),
        claims -> claims.subject("9223372036854775808"),
        claims -> claims.claim("name", null),
        claims -> claims.claim("name", ""),
        claims -> claims.claim("name", "  "),
        claims -> claims.claim("name", 5),
        claims -> claims.claim("name", "a".repeat(81)),
        claims -> claims.claim("name", "Ada\u0007"),
        claims -> claims.claim("workspaces", null),
        claims -> claims.claim("workspaces", "1"),
        claims -> claims.claim("workspaces", List.of(0)),
        claims -> claims.claim("workspaces", List.of("one")),
        claims -> claims.claim("workspaces", Arrays.asList((Object) null)),
        claims -> claims.claim("founder", "1"),
        claims -> claims.claim("founder", List.of(-1)),
        claims -> claims.claim("founder", true));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void check_wrongClaim_isInvalid(UnaryOperator<JWTClaimsSet.Builder> change) {
    assertThat(reason(token(change))).isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "....", "eyJhbGciOiJFUzI1NiJ9.e30."})
  void check_noJwt_isInvalid(String token) {
    assertThat(reason(token)).isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void check_unsigned_isInvalid() {
    JWTClaimsSet claims = new JWTClaimsSet.Builder().subject("1").build();
    assertThat(reason(new PlainJWT(claims).serialize())).isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void check_anotherKeyUnderAKnownId_isInvalid() {
    assertThat(reason(TestIssuer.sign(UnaryOperator.identity(), TestIssuer.key("key-1"))))
        .isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void check_unknownKeyId_isInvalid() {
    assertThat(reason(TestIssuer.sign(UnaryOperator.identity(), TestIssuer.key("key-9"))))
        .isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void check_signedWithAPassword_isInvalid() throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(),
            new JWTClaimsSet.Builder().subject("1").build());
    jwt.sign(new MACSigner(new byte[32]));
    assertThat(reason(jwt.serialize())).isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void check_changedAfterSigning_isInvalid() {
    List<String> parts = Splitter.on('.').splitToList(token(UnaryOperator.identity()));
    List<String> other = Splitter.on('.').splitToList(token(claims -> claims.subject("2")));
    assertThat(reason(parts.get(0) + "." + other.get(1) + "." + parts.get(2)))
        .isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void check_developmentKeyInProduction_isInvalid() {
    assertThat(reason(TestIssuer.sign(UnaryOperator.identity(), DEVELOPMENT)))
        .isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void check_developmentKeyInDevelopment_isTaken() {
    String token = TestIssuer.sign(UnaryOperator.identity(), DEVELOPMENT);
    assertThat(signIn(true).check(token).userId()).isEqualTo(1);
  }

  @Test
  void check_wrongToken_isNotRepeatedInTheRefusal() {
    String token = token(claims -> claims.audience("mail"));
    assertThatThrownBy(() -> signIn.check(token))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().toString()).doesNotContain(token));
  }

  @Test
  void check_issuerUnreachable_isUnavailable() {
    SignIn offline =
        new SignIn(
            rules(true),
            Keys.at(URI.create("http://127.0.0.1:9/jwks"), Duration.ofSeconds(1)),
            SystemTime.wall());
    String token = token(UnaryOperator.identity());
    assertThatThrownBy(() -> offline.check(token))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.REASON_UNAVAILABLE));
  }

  @Test
  void known_tokenThatWasGood_isKnownForAMinute() {
    String token = token(claims -> claims);
    assertThat(signIn.known(token)).isNull();
    Identity identity = signIn.check(token);
    assertThat(signIn.known(token)).isEqualTo(identity);
    passed = Duration.ofSeconds(59);
    assertThat(signIn.known(token)).isEqualTo(identity);
    passed = Duration.ofSeconds(61);
    assertThat(signIn.known(token)).isNull();
  }

  @Test
  void known_tokenThatWasRefused_isNot() {
    String token = token(claims -> claims.audience("mail"));
    assertThat(reason(token)).isEqualTo(Reason.REASON_TOKEN_WRONG_AUDIENCE);
    assertThat(signIn.known(token)).isNull();
  }

  @Test
  void check_knownTokenWhoseTimeIsOver_isExpired() {
    Date soon = Date.from(now().plusSeconds(5));
    String token = token(claims -> claims.expirationTime(soon));
    signIn.check(token);
    passed = SKEW.plusSeconds(6);
    assertThat(signIn.known(token)).isNull();
    assertThat(reason(token)).isEqualTo(Reason.REASON_TOKEN_EXPIRED);
  }

  @Test
  void check_keyThatWasWithdrawn_isNoticedAfterAMinute() {
    String token = token(claims -> claims);
    signIn.check(token);
    keys = new JWKSet(DEVELOPMENT.toPublicJWK());
    assertThat(signIn.check(token).userId()).isEqualTo(1);
    passed = Duration.ofSeconds(61);
    assertThat(reason(token)).isEqualTo(Reason.REASON_TOKEN_INVALID);
  }

  private Reason reason(String token) {
    try {
      signIn.check(token);
    } catch (RefusedException e) {
      return e.reason();
    }
    throw new AssertionError("the token was taken");
  }

  private static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return TestIssuer.sign(change, KEY);
  }

  private SignIn signIn(boolean development) {
    return new SignIn(
        rules(development), (selector, context) -> selector.select(keys), () -> now().plus(passed));
  }

  private static TokenRules rules(boolean development) {
    return new TokenRules(TestIssuer.ISSUER, TestIssuer.AUDIENCE, SKEW, development);
  }

  private static Instant now() {
    return SystemTime.wall().instant();
  }
}
