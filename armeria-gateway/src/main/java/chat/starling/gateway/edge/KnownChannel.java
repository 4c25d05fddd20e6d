package chat.starling.gateway.edge;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.CurrentChannel;
import chat.starling.platform.permission.ChannelKind;
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
 * @param rules who sees it depends on these
 */
public record KnownChannel(CurrentChannel shown, ChannelRules rules) {

  /** The channel of this record. */
  public static KnownChannel of(ChannelObject object) {
    Channel channel = channel(object);
    return new KnownChannel(
        CurrentChannel.newBuilder().setChannel(channel).setVersion(Version.of(channel)).build(),
        rules(object));
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
    ChannelRow row = object.getRow();
    return new ChannelRules(
        row.getChannelId(), object.getVersion(), kind(row), row.getArchived(), roles, members);
  }

  /** Of a kind from a newer server, who is not in it sees nothing. */
  private static ChannelKind kind(ChannelRow row) {
    return switch (row.getKind()) {
      case CHANNEL_KIND_UNSPECIFIED -> ChannelKind.PUBLIC;
      case CHANNEL_KIND_PRIVATE, UNRECOGNIZED -> ChannelKind.PRIVATE;
      case CHANNEL_KIND_ANNOUNCEMENT -> ChannelKind.ANNOUNCEMENT;
      case CHANNEL_KIND_DIRECT -> ChannelKind.DIRECT;
    };
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
