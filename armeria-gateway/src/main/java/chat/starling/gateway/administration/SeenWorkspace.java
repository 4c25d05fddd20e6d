package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Workspace;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;

/**
 * A workspace, and what the caller may do in it as such now.
 *
 * @param mask of permissions
 */
public record SeenWorkspace(long id, GetWorkspaceRulesResponse rules, long mask) {

  /** Whether the caller has the permission. */
  public boolean permits(Permission permission) {
    return permission.isIn(mask);
  }

  /** The same, for a caller who has the permission; refuses with PERMISSION_MISSING. */
  public SeenWorkspace require(Permission permission) {
    if (!permits(permission)) {
      throw Refuse.because(Reason.REASON_PERMISSION_MISSING)
          .expected(permission.name())
          .toException();
    }
    return this;
  }

  /** The same for the caller. */
  public Workspace shown() {
    return Workspace.newBuilder()
        .setWorkspaceId(id)
        .setName(rules.getWorkspace().getName())
        .setOwnerId(rules.getWorkspace().getOwnerId())
        .setVersion(rules.getVersion())
        .setMyPermissions(mask)
        .build();
  }
}
