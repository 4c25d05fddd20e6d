package chat.starling.gateway.signin;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a token into the identity it vouches for, or says why not. */
public final class SignIn {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  private final TokenRules rules;
  private final InstantSource clock;
  private final KnownTokens known;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /** Checks tokens against these keys and rules. */
  public SignIn(TokenRules rules, JWKSource<SecurityContext> keys, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
    known = new KnownTokens(clock);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
  }

  /**
   * Whom a token vouches for that was checked a moment ago; null when it is to be checked. Never
   * blocks.
   */
  public @Nullable Identity known(String token) {
    return known.find(token);
  }

  /**
   * Checks a token. May block while keys are fetched. What was found good is {@linkplain #known
   * known} for a minute, or until the token's time is over.
   *
   * @throws RefusedException with a token's reason; with UNAVAILABLE when the keys cannot be had
   */
  public Identity check(String token) {
    if (token.isEmpty()) {
      throw Refuse.because(Reason.REASON_TOKEN_MISSING)
          .field("token")
          .expected("a signed JWT")
          .message("no token was given")
          .toException();
    }
    Identity before = known.find(token);
    if (before != null) {
      return before;
    }
    JWTClaimsSet claims = verified(parsed(token));
    checkIssuerAndTime(claims);
    Identity identity = Claims.identity(claims, rules.clockSkew());
    known.add(token, identity);
    return identity;
  }

  private SignedJWT parsed(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (isDevelopmentKey(jwt.getHeader().getKeyID()) && !rules.development()) {
        throw Claims.invalid("a key that is not the development issuer's");
      }
      return jwt;
    } catch (ParseException e) {
      throw Claims.invalid("a signed JWT");
    }
  }

  private static boolean isDevelopmentKey(@Nullable String keyId) {
    return keyId != null && keyId.startsWith(TokenRules.DEVELOPMENT_KEY_PREFIX);
  }

  private JWTClaimsSet verified(SignedJWT jwt) {
    try {
      return processor.process(jwt, null);
    } catch (JWKSetUnavailableException e) {
      throw unavailable();
    } catch (BadJOSEException | JOSEException e) {
      throw Claims.invalid("a signature by one of the issuer's keys");
    }
  }

  private static RefusedException unavailable() {
    return Refuse.because(Reason.REASON_UNAVAILABLE)
        .message("the issuer's keys cannot be had now")
        .toException();
  }

  private void checkIssuerAndTime(JWTClaimsSet claims) {
    if (!rules.issuer().equals(claims.getIssuer())) {
      throw Claims.invalid("claim iss: the issuer that this gateway trusts");
    }
    if (!claims.getAudience().contains(rules.audience())) {
      throw Refuse.because(Reason.REASON_TOKEN_WRONG_AUDIENCE)
          .field("token")
          .expected("claim aud: " + rules.audience())
          .message("the token is meant for another service")
          .toException();
    }
    Instant now = clock.instant();
    if (claims.getExpirationTime() != null
        && !now.isBefore(claims.getExpirationTime().toInstant().plus(rules.clockSkew()))) {
      throw Refuse.because(Reason.REASON_TOKEN_EXPIRED)
          .field("token")
          .expected("claim exp: in the future")
          .message("the token's time is over")
          .toException();
    }
    if (claims.getNotBeforeTime() != null
        && now.plus(rules.clockSkew()).isBefore(claims.getNotBeforeTime().toInstant())) {
      throw Claims.invalid("claim nbf: not in the future");
    }
  }
}
