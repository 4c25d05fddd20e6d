package chat.starling.platform.permission;

import chat.starling.platform.permission.AdministrativeAct.OnChannel;
import chat.starling.platform.permission.AdministrativeAct.OnOverride;
import chat.starling.platform.permission.AdministrativeAct.OnRole;
import chat.starling.platform.permission.AdministrativeAct.OnUser;
import java.time.Duration;

/**
 * Decides who may do which {@link AdministrativeAct}. Nobody comes by a permission through his own
 * act, gives one that he lacks, or acts on whoever stands at or above him; docs/permissions.md says
 * exactly what holds after each.
 */
public final class Administration {

  /** For how long a member can be timed out at once. */
  public static final Duration MAX_TIME_OUT = Duration.ofDays(28);

  private Administration() {}

  /**
   * Returns when the actor may do this, and throws otherwise. Nothing is changed by it.
   *
   * @param actor a member of the workspace
   * @param nowMillis the time of the decision, in milliseconds of the epoch
   * @throws chat.starling.platform.refusal.RefusedException with PERMISSION_MISSING, NOT_ABOVE,
   *     MORE_THAN_HELD, OWNER_ONLY, ROLE_NOT_FOUND, MEMBER_NOT_FOUND, CHANNEL_NOT_FOUND,
   *     ROLE_IS_EVERYONE, PERMISSIONS_INVALID, LIMIT_REACHED or OUT_OF_RANGE
   */
  public static void check(
      AdministrativeAct act, Member actor, WorkspaceState state, long nowMillis) {
    check(act, new Authority(state, actor, nowMillis), state, nowMillis);
  }

  /**
   * Returns when the actor has the permission in the workspace, and throws otherwise.
   *
   * @param actor a member of the workspace
   * @param nowMillis the time of the decision, in milliseconds of the epoch
   * @throws chat.starling.platform.refusal.RefusedException with PERMISSION_MISSING
   */
  public static void require(
      Permission permission, Member actor, WorkspaceRules rules, long nowMillis) {
    Authority.requireIn(EffectiveMask.inWorkspace(rules, actor, nowMillis), permission);
  }

  static void check(
      AdministrativeAct act, Authority authority, WorkspaceState state, long nowMillis) {
    switch (act) {
      case OnRole onRole -> new RoleRules(state, authority).check(onRole);
      case OnChannel onChannel -> new ChannelActRules(state, authority).check(onChannel);
      case OnOverride onOverride -> new OverrideRules(state, authority).check(onOverride);
      case OnUser onUser -> new MemberRules(state, authority, nowMillis).check(onUser);
    }
  }
}
