package chat.starling.devstack.issuer;

import java.time.Duration;
import java.util.List;

/**
 * What a token should say. Tests change one thing to get a token that must be refused.
 *
 * @param user the display name, from which the user id follows
 * @param lifetime from now; zero or less makes a token that has expired
 * @param workspaces the ids of the workspaces that it admits to
 * @param issuer the claim {@code iss}
 * @param audience the claim {@code aud}
 */
public record TokenRequest(
    String user, Duration lifetime, List<Long> workspaces, String issuer, String audience) {

  /** Keeps its own copy of the list. */
  public TokenRequest {
    workspaces = List.copyOf(workspaces);
  }

  /** A right token: 12 hours, workspace 1. */
  public static TokenRequest of(String user) {
    return new TokenRequest(
        user, Duration.ofHours(12), List.of(1L), TokenIssuer.ISSUER, TokenIssuer.AUDIENCE);
  }

  /** The same for another time. */
  public TokenRequest withLifetime(Duration changed) {
    return new TokenRequest(user, changed, workspaces, issuer, audience);
  }

  /** The same for other workspaces. */
  public TokenRequest withWorkspaces(List<Long> changed) {
    return new TokenRequest(user, lifetime, changed, issuer, audience);
  }

  /** The same, said to be from somebody else. */
  public TokenRequest withIssuer(String changed) {
    return new TokenRequest(user, lifetime, workspaces, changed, audience);
  }

  /** The same for another service. */
  public TokenRequest withAudience(String changed) {
    return new TokenRequest(user, lifetime, workspaces, issuer, changed);
  }
}
