package chat.starling.gateway.edge;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.CurrentChannel;
import chat.starling.platform.permission.ChannelOverride;
import chat.starling.platform.permission.ChannelRules;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.WorkspaceRules;
import java.util.HashMap;
import java.util.Map;

/**
 * A channel.
 *
 * @param shown what whoever sees it may know
 * @param rules who sees it depends on these, and on its kind
 */
public record KnownChannel(CurrentChannel shown, ChannelKind kind, ChannelRules rules) {

  /** The channel of this record. */
  public static KnownChannel of(ChannelObject object) {
    Channel channel = channel(object.getChannel(), object.getRow());
    return new KnownChannel(
        CurrentChannel.newBuilder().setChannel(channel).setVersion(Version.of(channel)).build(),
        object.getRow().getKind(),
        rules(object));
  }

  private static Channel channel(ChannelRecord record, ChannelRow row) {
    return Channel.newBuilder()
        .setChannelId(record.getChannelId())
        .setWorkspaceId(record.getWorkspaceId())
        .setName(row.getName().isEmpty() ? record.getName() : row.getName())
        .setCreatedAt(record.getCreatedAt())
        .setCreatedBy(record.getCreatedBy())
        .build();
  }

  private static ChannelRules rules(ChannelObject object) {
    Map<Long, ChannelOverride> roles = new HashMap<>();
    Map<Long, ChannelOverride> members = new HashMap<>();
    for (OverrideRow row : object.getOverridesList()) {
      ChannelOverride override = new ChannelOverride(row.getAllow(), row.getDeny());
      if (row.hasRoleId()) {
        roles.put(row.getRoleId(), override);
      } else {
        members.put(row.getUserId(), override);
      }
    }
    return new ChannelRules(
        object.getChannel().getChannelId(), object.getVersion(), false, false, roles, members);
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
    return kind == ChannelKind.CHANNEL_KIND_PRIVATE || kind == ChannelKind.CHANNEL_KIND_DIRECT;
  }

  /**
   * Whether the user sees it.
   *
   * @param joined whether he is a member of the channel; looked at only where it {@link
   *     #isForMembers}
   */
  public boolean isSeenBy(WorkspaceRules workspace, Member user, boolean joined) {
    if (kind == ChannelKind.CHANNEL_KIND_DIRECT) {
      return joined;
    }
    long mask = EffectiveMask.inChannel(workspace, rules, user, 0);
    return Permission.VIEW_CHANNEL.isIn(mask)
        && (joined || !isForMembers() || Permission.ADMINISTRATOR.isIn(mask));
  }
}
