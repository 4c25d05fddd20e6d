package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.platform.permission.CachedMask;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.Permissions;

/** What a workspace is and what one user is there, both as of one moment. Immutable. */
public final class Standing {

  private final RulesFacts workspace;
  private final MemberFacts user;

  Standing(RulesFacts workspace, MemberFacts user) {
    this.workspace = workspace;
    this.user = user;
  }

  /** The workspace's name, owner and roles. */
  public GetWorkspaceRulesResponse rules() {
    return workspace.rows();
  }

  /** The user. */
  public MemberRow member() {
    return user.row();
  }

  /** What he may do in the workspace as such at that time, in milliseconds of the epoch. */
  public long mask(long nowMillis) {
    return user.present()
        ? EffectiveMask.inWorkspace(workspace.rules(), user.member(), nowMillis)
        : Permissions.NONE;
  }

  /** Whether he may know of the channel. */
  public boolean sees(ChannelFacts channel, boolean joined) {
    return mask(channel, joined).allowsViewing();
  }

  /**
   * Whether no override hides anything from him: he sees all channels that are not {@linkplain
   * #isPossible impossible}.
   */
  public boolean seesWhatIsPossible() {
    return user.present()
        && (!workspace.isFounded() || Permission.ADMINISTRATOR.isIn(mask(Long.MAX_VALUE)));
  }

  /**
   * Whether he may know of such a channel if no override hides it from him. What else a listing
   * says of the channel is not looked at.
   */
  public boolean isPossible(ChannelRow row, boolean joined) {
    boolean open =
        row.getKind() == ChannelKind.CHANNEL_KIND_UNSPECIFIED
            || row.getKind() == ChannelKind.CHANNEL_KIND_ANNOUNCEMENT;
    boolean administered = row.getKind() == ChannelKind.CHANNEL_KIND_PRIVATE;
    return user.present()
        && (open
            || joined
            || (administered && Permission.ADMINISTRATOR.isIn(mask(Long.MAX_VALUE))));
  }

  /** The mask, good as long as it is of the versions of rules and member. */
  CachedMask mask(ChannelFacts channel, boolean joined) {
    return user.present()
        ? EffectiveMask.cached(workspace.rules(), channel.rules(), user.member(), joined)
        : new CachedMask(
            Permissions.NONE,
            Member.NOT_TIMED_OUT,
            workspace.rules().versionWith(channel.rules()),
            user.member().version());
  }
}
