package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelKind;
import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.CurrentChannel;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.MemberState;
import chat.starling.api.v1.Role;
import chat.starling.gateway.edge.Version;
import chat.starling.gateway.workspace.ChannelFacts;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.util.Timestamps;
import java.util.Comparator;
import java.util.List;

/** Rows as clients see them. */
public final class Shown {

  private Shown() {}

  /** A role. */
  public static Role role(RoleRow row) {
    return Role.newBuilder()
        .setRoleId(row.getRoleId())
        .setName(row.getName())
        .setPosition(row.getPosition())
        .setPermissions(row.getPermissions())
        .setVersion(row.getVersion())
        .build();
  }

  /** A member. */
  public static Member member(MemberRow row) {
    Member.Builder member =
        Member.newBuilder()
            .setUserId(row.getUserId())
            .setState(state(row))
            .addAllRoleIds(row.getRoleIdsList())
            .setNickname(row.getNickname())
            .setVersion(row.getVersion());
    if (row.getTimedOutUntilMillis() != 0) {
      member.setTimedOutUntil(Timestamps.fromMillis(row.getTimedOutUntilMillis()));
    }
    return member.build();
  }

  /** Overrides: those of roles first, each by rising ids. */
  public static List<ChannelOverride> overrides(List<OverrideRow> rows) {
    return rows.stream()
        .sorted(
            Comparator.comparing(OverrideRow::hasUserId)
                .thenComparingLong(OverrideRow::getRoleId)
                .thenComparingLong(OverrideRow::getUserId))
        .map(Shown::override)
        .toList();
  }

  /** A channel, with what the caller may do there. */
  public static Channel channel(SeenChannel seen) {
    return channel(seen.channel().workspaceId(), seen.channel().row()).toBuilder()
        .setVersion(seen.channel().rules().version())
        .setMyPermissions(seen.mask())
        .build();
  }

  /** A channel, without its version and what anybody may do there. */
  public static Channel channel(long workspaceId, ChannelRow row) {
    return Channel.newBuilder()
        .setChannelId(row.getChannelId())
        .setWorkspaceId(workspaceId)
        .setName(row.getName())
        .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(row.getChannelId())))
        .setCreatedBy(row.getCreatedBy())
        .setKind(kind(row))
        .setTopic(row.getTopic())
        .setSlowModeSeconds(row.getSlowModeSeconds())
        .setArchived(row.getArchived())
        .addAllDirectUserIds(row.getDirectUserIdsList())
        .build();
  }

  /** A channel with the version of all of it that a client shows. */
  public static CurrentChannel current(ChannelFacts facts) {
    Channel channel = channel(facts.workspaceId(), facts.row());
    return CurrentChannel.newBuilder().setChannel(channel).setVersion(Version.of(channel)).build();
  }

  private static ChannelOverride override(OverrideRow row) {
    ChannelOverride.Builder override =
        ChannelOverride.newBuilder().setAllow(row.getAllow()).setDeny(row.getDeny());
    return row.hasUserId()
        ? override.setUserId(row.getUserId()).build()
        : override.setRoleId(row.getRoleId()).build();
  }

  private static ChannelKind kind(ChannelRow row) {
    return switch (row.getKind()) {
      case CHANNEL_KIND_PRIVATE -> ChannelKind.CHANNEL_KIND_PRIVATE;
      case CHANNEL_KIND_ANNOUNCEMENT -> ChannelKind.CHANNEL_KIND_ANNOUNCEMENT;
      case CHANNEL_KIND_DIRECT -> ChannelKind.CHANNEL_KIND_DIRECT;
      case CHANNEL_KIND_UNSPECIFIED, UNRECOGNIZED -> ChannelKind.CHANNEL_KIND_UNSPECIFIED;
    };
  }

  private static MemberState state(MemberRow row) {
    return switch (row.getState()) {
      case MEMBER_STATE_MEMBER -> MemberState.MEMBER_STATE_MEMBER;
      case MEMBER_STATE_LEFT -> MemberState.MEMBER_STATE_LEFT;
      case MEMBER_STATE_BANNED -> MemberState.MEMBER_STATE_BANNED;
      case MEMBER_STATE_UNSPECIFIED, UNRECOGNIZED -> MemberState.MEMBER_STATE_UNSPECIFIED;
    };
  }
}
