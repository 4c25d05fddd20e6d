package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.gateway.moderation.TextFilters;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.permission.WorkspaceRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A workspace's roles, owner and filters in one version, as rows and ready to compute by. */
record RulesFacts(
    long ownerId, Map<Long, RoleRow> roles, WorkspaceRules rules, TextFilters filters) {

  static RulesFacts of(GetWorkspaceRulesResponse read) {
    Map<Long, RoleRow> roles =
        read.getRolesList().stream()
            .collect(Collectors.toMap(RoleRow::getRoleId, Function.identity()));
    return of(
        read.getWorkspace().getOwnerId(),
        roles,
        TextFilters.of(read.getFilters().getFiltersList()),
        read.getVersion());
  }

  /** Whether the change is one of these. */
  static boolean concerns(WorkspaceChange change) {
    return change.hasWorkspace()
        || change.hasRole()
        || change.hasDeletedRoleId()
        || change.hasFilters();
  }

  /** The same after an event. */
  RulesFacts after(List<WorkspaceChange> changes, long seq) {
    if (seq < rules.version()) {
      return this;
    }
    Map<Long, RoleRow> next = new HashMap<>(roles);
    long owner = ownerId;
    TextFilters texts = filters;
    for (WorkspaceChange change : changes) {
      switch (change.getChangeCase()) {
        case WORKSPACE -> owner = change.getWorkspace().getOwnerId();
        case ROLE -> next.put(change.getRole().getRoleId(), change.getRole());
        case FILTERS -> texts = TextFilters.of(change.getFilters().getFiltersList());
        case DELETED_ROLE_ID -> next.remove(change.getDeletedRoleId());
        default -> {}
      }
    }
    return of(owner, next, texts, seq);
  }

  private static RulesFacts of(
      long owner, Map<Long, RoleRow> roles, TextFilters filters, long version) {
    return new RulesFacts(
        owner,
        Map.copyOf(roles),
        RuleRows.workspace(version, owner, roles.values()),
        filters);
  }
}
