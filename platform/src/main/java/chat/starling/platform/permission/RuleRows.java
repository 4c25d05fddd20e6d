package chat.starling.platform.permission;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import com.google.common.primitives.Longs;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Rows of workspaces, as servers tell them to one another, as what permissions are computed by. */
public final class RuleRows {

  private RuleRows() {}

  /**
   * A workspace's roles and owner.
   *
   * @param ownerId 0 when nobody has founded the workspace
   */
  public static WorkspaceRules workspace(long version, long ownerId, Collection<RoleRow> roles) {
    return new WorkspaceRules(
        version,
        ownerId,
        roles.stream()
            .map(role -> new Role(role.getRoleId(), role.getPosition(), role.getPermissions()))
            .toList());
  }

  /** What a channel makes of its workspace's roles. */
  public static ChannelRules channel(
      ChannelRow row, Collection<OverrideRow> overrides, long version) {
    Map<Long, ChannelOverride> roles = new HashMap<>();
    Map<Long, ChannelOverride> members = new HashMap<>();
    for (OverrideRow each : overrides) {
      ChannelOverride override = new ChannelOverride(each.getAllow(), each.getDeny());
      if (each.hasRoleId()) {
        roles.put(each.getRoleId(), override);
      } else {
        members.put(each.getUserId(), override);
      }
    }
    return new ChannelRules(
        row.getChannelId(), version, kind(row), row.getArchived(), roles, members);
  }

  /** The channel's kind; of a kind from a newer server at least who is not in it sees nothing. */
  public static ChannelKind kind(ChannelRow row) {
    return switch (row.getKind()) {
      case CHANNEL_KIND_UNSPECIFIED -> ChannelKind.PUBLIC;
      case CHANNEL_KIND_PRIVATE, UNRECOGNIZED -> ChannelKind.PRIVATE;
      case CHANNEL_KIND_ANNOUNCEMENT -> ChannelKind.ANNOUNCEMENT;
      case CHANNEL_KIND_DIRECT -> ChannelKind.DIRECT;
    };
  }

  /** A member with his roles and time-out. */
  public static Member member(MemberRow row, long version) {
    return new Member(
        row.getUserId(),
        version,
        row.getTimedOutUntilMillis(),
        Longs.toArray(row.getRoleIdsList()));
  }
}
