package chat.starling.gateway.edge;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.CurrentChannel;
import chat.starling.platform.permission.ChannelKind;
import chat.starling.platform.permission.ChannelRules;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.permission.WorkspaceRules;

/**
 * A channel.
 *
 * @param shown what whoever sees it may know
 * @param rules who sees it depends on these
 */
public record KnownChannel(CurrentChannel shown, ChannelRules rules) {

  /** The channel of this record. */
  public static KnownChannel of(ChannelObject object) {
    Channel channel = channel(object);
    return new KnownChannel(
        CurrentChannel.newBuilder().setChannel(channel).setVersion(Version.of(channel)).build(),
        RuleRows.channel(object.getRow(), object.getOverridesList(), object.getVersion()));
  }

  private static Channel channel(ChannelObject object) {
    ChannelRow row = object.getRow();
    return Channel.newBuilder()
        .setChannelId(row.getChannelId())
        .setWorkspaceId(object.getWorkspaceId())
        .setName(row.getName())
        .setCreatedAt(object.getCreatedAt())
        .setCreatedBy(row.getCreatedBy())
        .build();
  }

  /** Its id. */
  public long id() {
    return shown.getChannel().getChannelId();
  }

  /** The workspace that has it. */
  public long workspaceId() {
    return shown.getChannel().getWorkspaceId();
  }

  /** Who sees it depends on who its members are. */
  public boolean isForMembers() {
    return rules.kind() == ChannelKind.PRIVATE || rules.kind() == ChannelKind.DIRECT;
  }

  /**
   * Whether the user sees it.
   *
   * @param joined whether he is a member of the channel; looked at only where it {@link
   *     #isForMembers}
   */
  public boolean isSeenBy(WorkspaceRules workspace, Member user, boolean joined) {
    return Permission.VIEW_CHANNEL.isIn(EffectiveMask.inChannel(workspace, rules, user, joined, 0));
  }
}
