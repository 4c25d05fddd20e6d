package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.platform.permission.ChannelKind;
import chat.starling.platform.permission.ChannelOverride;
import chat.starling.platform.permission.ChannelRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * The kind, to decide by; of a kind from a newer server at least who is not in it sees nothing.
   */
  static ChannelKind kindOf(ChannelRow row) {
    return switch (row.getKind()) {
      case CHANNEL_KIND_UNSPECIFIED -> ChannelKind.PUBLIC;
      case CHANNEL_KIND_PRIVATE, UNRECOGNIZED -> ChannelKind.PRIVATE;
      case CHANNEL_KIND_ANNOUNCEMENT -> ChannelKind.ANNOUNCEMENT;
      case CHANNEL_KIND_DIRECT -> ChannelKind.DIRECT;
    };
  }

  /** The same, to decide by. */
  ChannelRules rules() {
    Map<Long, ChannelOverride> roles = new HashMap<>();
    Map<Long, ChannelOverride> members = new HashMap<>();
    for (OverrideRow row : overrides) {
      ChannelOverride override = new ChannelOverride(row.getAllow(), row.getDeny());
      if (row.hasRoleId()) {
        roles.put(row.getRoleId(), override);
      } else {
        members.put(row.getUserId(), override);
      }
    }
    return new ChannelRules(
        row.getChannelId(), version, kindOf(row), row.getArchived(), roles, members);
  }
}
