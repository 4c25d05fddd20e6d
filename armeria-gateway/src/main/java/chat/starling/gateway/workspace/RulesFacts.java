package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.permission.WorkspaceRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A workspace's name, roles and owner in one version, as rows and ready to compute by. */
record RulesFacts(GetWorkspaceRulesResponse rows, WorkspaceRules rules) {

  static RulesFacts of(GetWorkspaceRulesResponse rows) {
    return new RulesFacts(
        rows,
        RuleRows.workspace(
            rows.getVersion(), rows.getWorkspace().getOwnerId(), rows.getRolesList()));
  }

  /** Whether the change is one of these. */
  static boolean concerns(WorkspaceChange change) {
    return change.hasWorkspace() || change.hasRole() || change.hasDeletedRoleId();
  }

  /** Somebody has founded the workspace: its channels may deny something. */
  boolean isFounded() {
    return rows.getWorkspace().getOwnerId() != 0;
  }

  /** The same after an event. */
  RulesFacts after(List<WorkspaceChange> changes, long seq) {
    if (seq < rules.version()) {
      return this;
    }
    GetWorkspaceRulesResponse.Builder next = rows.toBuilder().setVersion(seq);
    List<RoleRow> roles = new ArrayList<>(rows.getRolesList());
    for (WorkspaceChange change : changes) {
      switch (change.getChangeCase()) {
        case WORKSPACE -> next.setWorkspace(change.getWorkspace());
        case ROLE -> put(roles, change.getRole().toBuilder().setVersion(seq).build());
        case DELETED_ROLE_ID -> remove(roles, change.getDeletedRoleId());
        default -> {}
      }
    }
    roles.sort(Comparator.comparingLong(RoleRow::getRoleId));
    return of(next.clearRoles().addAllRoles(roles).build());
  }

  private static void put(List<RoleRow> roles, RoleRow role) {
    remove(roles, role.getRoleId());
    roles.add(role);
  }

  private static void remove(List<RoleRow> roles, long roleId) {
    roles.removeIf(role -> role.getRoleId() == roleId);
  }
}
