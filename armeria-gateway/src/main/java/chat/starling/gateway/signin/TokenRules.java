package chat.starling.gateway.signin;

import java.time.Duration;

/**
 * Whose tokens are taken.
 *
 * @param issuer the {@code iss} that a token must have
 * @param audience one of a token's {@code aud}
 * @param clockSkew how far our clock and the issuer's may differ
 * @param development tokens of the development issuer are taken too
 */
public record TokenRules(String issuer, String audience, Duration clockSkew, boolean development) {

  /** The issuer that `make run` sets up. Anybody can be it: its key is no secret. */
  public static final String DEVELOPMENT_ISSUER = "https://development.starling.invalid";

  /** How the ids of the development issuer's keys begin. */
  public static final String DEVELOPMENT_KEY_PREFIX = "starling-development-";
}
