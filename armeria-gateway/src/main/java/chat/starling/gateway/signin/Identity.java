package chat.starling.gateway.signin;

import chat.starling.api.v1.Author;
import java.time.Instant;
import java.util.List;

/**
 * Who a token says that its bearer is.
 *
 * @param userId positive
 * @param name 1 to 80 code points
 * @param workspaces that the token admits to, in the token's order
 * @param founder of which workspaces the tenant wants the bearer to be the first owner
 * @param expiresAt when the token's time is over, the allowed clock skew included
 */
public record Identity(
    long userId, String name, List<Long> workspaces, List<Long> founder, Instant expiresAt) {

  public Identity {
    workspaces = List.copyOf(workspaces);
    founder = List.copyOf(founder);
  }

  /** The identity as messages name their author. */
  public Author author() {
    return Author.newBuilder().setUserId(userId).setDisplayName(name).build();
  }

  /** The token admits to the workspace. */
  public boolean admitsTo(long workspaceId) {
    return workspaces.contains(workspaceId);
  }

  /** The bearer may become the first owner of the workspace. */
  public boolean mayFound(long workspaceId) {
    return founder.contains(workspaceId);
  }
}
