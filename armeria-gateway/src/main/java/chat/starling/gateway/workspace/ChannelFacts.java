package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.platform.permission.ChannelKind;
import chat.starling.platform.permission.ChannelRules;
import chat.starling.platform.permission.RuleRows;
import java.util.ArrayList;
import java.util.List;

/** A channel in one version, as rows and ready to compute by. */
public record ChannelFacts(
    long workspaceId, ChannelRow row, List<OverrideRow> overrides, ChannelRules rules) {

  /** The channel of this object. */
  public static ChannelFacts of(ChannelObject read) {
    return of(read.getWorkspaceId(), read.getRow(), read.getOverridesList(), read.getVersion());
  }

  /** Its id. */
  public long id() {
    return row.getChannelId();
  }

  /** Who sees it depends on who its members are. */
  public boolean isForMembers() {
    return rules.kind() == ChannelKind.PRIVATE || rules.kind() == ChannelKind.DIRECT;
  }

  /** The same after a change of what the channel is. */
  ChannelFacts with(ChannelRow next, long seq) {
    return seq < rules.version() ? this : of(workspaceId, next, overrides, seq);
  }

  /** The same after a change of an override; one that neither allows nor denies is none. */
  ChannelFacts with(OverrideRow next, long seq) {
    if (seq < rules.version()) {
      return this;
    }
    List<OverrideRow> all = new ArrayList<>(overrides);
    all.removeIf(old ->
        old.getTargetCase() == next.getTargetCase()
            && old.getRoleId() == next.getRoleId()
            && old.getUserId() == next.getUserId());
    if ((next.getAllow() | next.getDeny()) != 0) {
      all.add(next);
    }
    return of(workspaceId, row, all, seq);
  }

  private static ChannelFacts of(
      long workspaceId, ChannelRow row, List<OverrideRow> overrides, long version) {
    return new ChannelFacts(
        workspaceId, row, List.copyOf(overrides), RuleRows.channel(row, overrides, version));
  }
}
