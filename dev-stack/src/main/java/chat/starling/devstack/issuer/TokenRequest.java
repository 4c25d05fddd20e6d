package chat.starling.devstack.issuer;

import java.time.Duration;
import java.util.List;

/**
 * What a token should say. Tests change one thing to get a token that must be refused.
 *
 * @param user the display name, from which the user id follows
 * @param lifetime from now; zero or less makes a token that has expired
 * @param workspaces the ids of the workspaces that it admits to
 * @param founder the ids of the workspaces that the user may found
 * @param issuer the claim {@code iss}
 * @param audience the claim {@code aud}
 */
public record TokenRequest(
    String user,
    Duration lifetime,
    List<Long> workspaces,
    List<Long> founder,
    String issuer,
    String audience) {

  /** Keeps its own copies of the lists. */
  public TokenRequest {
    workspaces = List.copyOf(workspaces);
    founder = List.copyOf(founder);
  }

  /** A right token: 12 hours, workspace 1. */
  public static TokenRequest of(String user) {
    return new TokenRequest(
        user,
        Duration.ofHours(12),
        List.of(1L),
        List.of(),
        TokenIssuer.ISSUER,
        TokenIssuer.AUDIENCE);
  }

  /** The same for another time. */
  public TokenRequest withLifetime(Duration changed) {
    return new TokenRequest(user, changed, workspaces, founder, issuer, audience);
  }

  /** The same for other workspaces. */
  public TokenRequest withWorkspaces(List<Long> changed) {
    return new TokenRequest(user, lifetime, changed, founder, issuer, audience);
  }

  /** The same, as one who may found these workspaces. */
  public TokenRequest withFounder(List<Long> changed) {
    return new TokenRequest(user, lifetime, workspaces, changed, issuer, audience);
  }

  /** The same, said to be from somebody else. */
  public TokenRequest withIssuer(String changed) {
    return new TokenRequest(user, lifetime, workspaces, founder, changed, audience);
  }

  /** The same for another service. */
  public TokenRequest withAudience(String changed) {
    return new TokenRequest(user, lifetime, workspaces, founder, issuer, changed);
  }
}
