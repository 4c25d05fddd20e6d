package chat.starling.gateway.workspace;

import chat.starling.platform.permission.CachedMask;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.Permissions;

/** What a user may do in a channel; nothing when he is not a member of the workspace any more. */
final class Access {

  private Access() {}

  /** The mask, good as long as it is of the versions of rules and member. */
  static CachedMask of(
      RulesFacts workspace, ChannelFacts channel, MemberFacts user, boolean joined) {
    return user.present()
        ? EffectiveMask.cached(workspace.rules(), channel.rules(), user.member(), joined)
        : new CachedMask(
            Permissions.NONE,
            Member.NOT_TIMED_OUT,
            workspace.rules().versionWith(channel.rules()),
            user.member().version());
  }
}
