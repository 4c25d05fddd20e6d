package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.platform.permission.ChannelRules;
import chat.starling.platform.permission.RuleRows;
import java.util.List;

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

  /** The same, to decide by. */
  ChannelRules rules() {
    return RuleRows.channel(row, overrides, version);
  }
}
