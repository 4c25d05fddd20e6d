package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.gateway.moderation.TextFilters;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.permission.WorkspaceRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A workspace's name, roles, owner and filters in one version, as rows and ready to go by. */
record RulesFacts(GetWorkspaceRulesResponse rows, WorkspaceRules rules, TextFilters filters) {

  static RulesFacts of(GetWorkspaceRulesResponse rows) {
    return of(rows, TextFilters.of(rows.getFilters().getFiltersList()));
  }

  private static RulesFacts of(GetWorkspaceRulesResponse rows, TextFilters filters) {
    return new RulesFacts(
        rows,
        RuleRows.workspace(
            rows.getVersion(), rows.getWorkspace().getOwnerId(), rows.getRolesList()),
        filters);
  }

  /** Whether the change is one of these. */
  static boolean concerns(WorkspaceChange change) {
    return change.hasWorkspace()
        || change.hasRole()
        || change.hasDeletedRoleId()
        || change.hasFilters();
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
    TextFilters texts = filters;
    List<RoleRow> roles = new ArrayList<>(rows.getRolesList());
    for (WorkspaceChange change : changes) {
      switch (change.getChangeCase()) {
        case WORKSPACE -> next.setWorkspace(change.getWorkspace());
        case ROLE -> put(roles, change.getRole().toBuilder().setVersion(seq).build());
        case DELETED_ROLE_ID -> remove(roles, change.getDeletedRoleId());
        case FILTERS -> {
          next.setFilters(change.getFilters());
          texts = TextFilters.of(change.getFilters().getFiltersList());
        }
        default -> {}
      }
    }
    roles.sort(Comparator.comparingLong(RoleRow::getRoleId));
    return of(next.clearRoles().addAllRoles(roles).build(), texts);
  }

  private static void put(List<RoleRow> roles, RoleRow role) {
    remove(roles, role.getRoleId());
    roles.add(role);
  }

  private static void remove(List<RoleRow> roles, long roleId) {
    roles.removeIf(role -> role.getRoleId() == roleId);
  }
}
