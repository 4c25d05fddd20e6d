package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.platform.permission.CachedMask;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.Permissions;

/** What a user may do in a channel, by the channel's kind and whether he is a member of it. */
final class Access {

  /** What members of a direct channel may do there; roles do not count. */
  private static final long DIRECT =
      Permissions.of(
          Permission.VIEW_CHANNEL,
          Permission.READ_HISTORY,
          Permission.SEND_MESSAGES,
          Permission.REPLY_IN_THREADS,
          Permission.ATTACH_FILES,
          Permission.ADD_REACTIONS,
          Permission.MENTION_EVERYONE);

  private Access() {}

  /** The mask, good as long as it is of the versions of rules and member. */
  static CachedMask of(
      RulesFacts workspace, ChannelFacts channel, MemberFacts user, boolean joined) {
    long version = workspace.rules().versionWith(channel.rules());
    if (!user.present() || isClosed(workspace, channel, user, joined)) {
      return new CachedMask(0, Member.NOT_TIMED_OUT, version, user.member().version());
    }
    if (channel.row().getKind() == ChannelKind.CHANNEL_KIND_DIRECT) {
      return new CachedMask(
          DIRECT, user.member().timedOutUntilMillis(), version, user.member().version());
    }
    return EffectiveMask.cached(workspace.rules(), channel.rules(), user.member());
  }

  private static boolean isClosed(
      RulesFacts workspace, ChannelFacts channel, MemberFacts user, boolean joined) {
    return switch (channel.row().getKind()) {
      case CHANNEL_KIND_PRIVATE -> !joined && !isAdministrator(workspace, user);
      case CHANNEL_KIND_DIRECT -> !joined;
      default -> false;
    };
  }

  private static boolean isAdministrator(RulesFacts workspace, MemberFacts user) {
    return Permission.ADMINISTRATOR.isIn(
        EffectiveMask.inWorkspace(workspace.rules(), user.member(), Long.MAX_VALUE));
  }
}
