package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.GetChannelRulesResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.platform.permission.ChannelKind;
import chat.starling.platform.permission.ChannelOverride;
import chat.starling.platform.permission.ChannelRules;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.Role;
import chat.starling.platform.permission.WorkspaceRules;
import java.util.HashMap;
import java.util.Map;

/** Rows as what permissions are computed by. */
final class RuleRows {

  private RuleRows() {}

  static WorkspaceRules workspace(GetWorkspaceRulesResponse found) {
    return new WorkspaceRules(
        found.getVersion(),
        found.getWorkspace().getOwnerId(),
        found.getRolesList().stream()
            .map(role -> new Role(role.getRoleId(), role.getPosition(), role.getPermissions()))
            .toList());
  }

  static Member member(MemberRow row) {
    return new Member(
        row.getUserId(),
        row.getVersion(),
        row.getTimedOutUntilMillis(),
        row.getRoleIdsList().stream().mapToLong(Long::longValue).toArray());
  }

  static ChannelRules channel(GetChannelRulesResponse found) {
    Map<Long, ChannelOverride> roles = new HashMap<>();
    Map<Long, ChannelOverride> members = new HashMap<>();
    for (OverrideRow row : found.getOverridesList()) {
      ChannelOverride override = new ChannelOverride(row.getAllow(), row.getDeny());
      if (row.hasRoleId()) {
        roles.put(row.getRoleId(), override);
      } else {
        members.put(row.getUserId(), override);
      }
    }
    return new ChannelRules(
        found.getChannel().getChannelId(),
        found.getVersion(),
        kind(found.getChannel().getKind()),
        found.getChannel().getArchived(),
        roles,
        members);
  }

  private static ChannelKind kind(chat.starling.api.internal.v1.ChannelKind kind) {
    return switch (kind) {
      case CHANNEL_KIND_PRIVATE -> ChannelKind.PRIVATE;
      case CHANNEL_KIND_ANNOUNCEMENT -> ChannelKind.ANNOUNCEMENT;
      case CHANNEL_KIND_DIRECT -> ChannelKind.DIRECT;
      case CHANNEL_KIND_UNSPECIFIED -> ChannelKind.PUBLIC;
      case UNRECOGNIZED -> throw new IllegalStateException("a channel of a newer server's kind");
    };
  }
}
