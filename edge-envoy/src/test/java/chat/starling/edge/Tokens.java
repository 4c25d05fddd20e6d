package chat.starling.edge;

import chat.starling.devstack.issuer.TokenIssuer;
import chat.starling.devstack.issuer.TokenRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Right tokens, and the wrong ones that a gateway must see through. */
final class Tokens {

  private final TokenIssuer issuer;

  Tokens(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  String good(String user) {
    return issuer.issue(user).token();
  }

  /** For one workspace, which the user may found. */
  String founder(String user, long workspace) {
    return issuer
        .issue(
            TokenRequest.of(user)
                .withWorkspaces(List.of(workspace))
                .withFounder(List.of(workspace)))
        .token();
  }

  /** For one workspace. */
  String of(String user, long workspace) {
    return issuer.issue(TokenRequest.of(user).withWorkspaces(List.of(workspace))).token();
  }

  String expired(String user) {
    return issuer.issue(TokenRequest.of(user).withLifetime(Duration.ofHours(-1))).token();
  }

  String otherAudience(String user) {
    return issuer.issue(TokenRequest.of(user).withAudience("somebody-else")).token();
  }

  String foreign(String user) {
    return TokenIssuer.withNewKey(InstantSource.system()).issue(user).token();
  }
}
