package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.platform.permission.ChannelRules;
import chat.starling.platform.permission.RuleRows;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a channel makes of its workspace's roles, as of one moment.
 *
 * @param row what it is
 * @param overrides of roles and members, each once
 * @param version the seq of the last change of any of this; 0 when there was none
 */
public record ChannelState(
    long workspaceId, ChannelRow row, List<OverrideRow> overrides, long version) {

  public ChannelState {
    overrides = List.copyOf(overrides);
  }

  /** The same after one change of an event of its workspace. */
  ChannelState after(WorkspaceChange change, long seq) {
    return switch (change.getChangeCase()) {
      case CHANNEL ->
          change.getChannel().getChannelId() == row.getChannelId()
              ? new ChannelState(workspaceId, change.getChannel(), overrides, seq)
              : this;
      case OVERRIDE ->
          change.getOverride().getChannelId() == row.getChannelId()
              ? with(change.getOverride().getOverride(), seq)
              : this;
      case DELETED_ROLE_ID -> withoutRole(change.getDeletedRoleId(), seq);
      default -> this;
    };
  }

  /** Whether the override is none: it neither allows nor denies anything. */
  static boolean isNone(OverrideRow override) {
    return override.getAllow() == 0 && override.getDeny() == 0;
  }

  private ChannelState with(OverrideRow override, long seq) {
    Stream<OverrideRow> others = overrides.stream().filter(one -> !isOfSame(one, override));
    Stream<OverrideRow> set = isNone(override) ? Stream.empty() : Stream.of(override);
    return new ChannelState(workspaceId, row, Stream.concat(others, set).toList(), seq);
  }

  private static boolean isOfSame(OverrideRow one, OverrideRow other) {
    return one.getTargetCase() == other.getTargetCase()
        && one.getRoleId() == other.getRoleId()
        && one.getUserId() == other.getUserId();
  }

  private ChannelState withoutRole(long roleId, long seq) {
    List<OverrideRow> others =
        overrides.stream().filter(one -> !one.hasRoleId() || one.getRoleId() != roleId).toList();
    return others.size() == overrides.size()
        ? this
        : new ChannelState(workspaceId, row, others, seq);
  }

  /** The same, to decide by. */
  ChannelRules rules() {
    return RuleRows.channel(row, overrides, version);
  }
}
