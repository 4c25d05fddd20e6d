package chat.starling.platform.permission;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import java.util.Optional;

/**
 * What one member may decide at one time. Each check returns when it is met, and throws a
 * RefusedException otherwise.
 */
class Authority {

  private static final String BELOW = "a member below the caller";

  private final WorkspaceState state;
  private final WorkspaceRules rules;
  private final Member actor;
  private final long nowMillis;
  private final long mask;

  Authority(WorkspaceState state, Member actor, long nowMillis) {
    this.state = state;
    this.rules = state.rules();
    this.actor = actor;
    this.nowMillis = nowMillis;
    this.mask = EffectiveMask.inWorkspace(rules, actor, nowMillis);
  }

  boolean isActor(long userId) {
    return actor.userId() == userId;
  }

  boolean isOwner() {
    return rules.isOwner(actor.userId());
  }

  boolean isAdministrator() {
    return Permission.ADMINISTRATOR.isIn(mask);
  }

  void requireOwner() {
    if (!isOwner()) {
      throw Refuse.because(Reason.REASON_OWNER_ONLY).toException();
    }
  }

  void requirePermission(Permission permission) {
    requireIn(mask, permission);
  }

  void requirePermission(Permission permission, ChannelRules channel) {
    requireIn(maskIn(channel), permission);
  }

  /** The channel, for those who may know of it. */
  ChannelRules requireVisible(Optional<ChannelRules> channel, long channelId) {
    return channel
        .filter(there -> Permission.VIEW_CHANNEL.isIn(maskIn(there)))
        .orElseThrow(
            () -> Existing.missing(Reason.REASON_CHANNEL_NOT_FOUND, "channel_id", channelId));
  }

  /** That the actor has what the act would permit in the workspace. */
  void requireHeld(String field, long permitted) {
    requireIn(mask, field, permitted);
  }

  /** That the actor has what the act would permit in the channel, which he need not know of. */
  void requireHeld(String field, long permitted, ChannelRules channel) {
    requireIn(maskIn(channel), field, permitted);
  }

  void requireAbove(Role role) {
    if (!isOwner() && !rules.highestOf(actor).isAbove(role)) {
      throw above("role_id", role.id(), "a role below the caller's highest");
    }
  }

  /** As {@link #requireAbove(Member)}; and not even the owner removes himself. */
  void requireRemovable(Member member) {
    if (rules.isOwner(member.userId())) {
      throw above("user_id", member.userId(), BELOW);
    }
    requireAbove(member);
  }

  /** Nobody but the owner stands above the actor or beside, the actor included. */
  void requireAbove(Member member) {
    boolean above =
        isOwner()
            || (!rules.isOwner(member.userId())
                && rules.highestOf(actor).isAbove(rules.highestOf(member)));
    if (!above) {
      throw above("user_id", member.userId(), BELOW);
    }
  }

  /** That a role at this position is below all that the actor has. */
  void requireAbove(int position) {
    int own = rules.highestOf(actor).position();
    if (!isOwner() && position >= own) {
      throw above("position", position, "less than " + own);
    }
  }

  private long maskIn(ChannelRules channel) {
    return EffectiveMask.inLiveChannel(rules, channel, actor, isIn(channel), nowMillis);
  }

  private boolean isIn(ChannelRules channel) {
    return state.isInChannel(channel.channelId(), actor.userId());
  }

  static void requireIn(long held, Permission permission) {
    if (!permission.isIn(held)) {
      throw Refuse.because(Reason.REASON_PERMISSION_MISSING)
          .expected(permission.name())
          .message("The caller lacks " + permission + ".")
          .toException();
    }
  }

  private static void requireIn(long held, String field, long permitted) {
    if (!Permissions.holds(held, permitted)) {
      throw Refuse.because(Reason.REASON_MORE_THAN_HELD)
          .field(field)
          .value(held == Permissions.NONE ? "" : Permissions.in(permitted & ~held))
          .expected("only what the caller may do")
          .toException();
    }
  }

  private static RuntimeException above(String field, long value, String expected) {
    return Refuse.because(Reason.REASON_NOT_ABOVE)
        .field(field)
        .value(value)
        .expected(expected)
        .toException();
  }
}
