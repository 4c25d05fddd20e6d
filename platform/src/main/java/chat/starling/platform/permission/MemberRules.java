package chat.starling.platform.permission;

import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct.Ban;
import chat.starling.platform.permission.AdministrativeAct.Kick;
import chat.starling.platform.permission.AdministrativeAct.LiftBan;
import chat.starling.platform.permission.AdministrativeAct.LiftTimeOut;
import chat.starling.platform.permission.AdministrativeAct.OnUser;
import chat.starling.platform.permission.AdministrativeAct.SetNickname;
import chat.starling.platform.permission.AdministrativeAct.TimeOut;
import chat.starling.platform.permission.AdministrativeAct.TransferOwnership;
import chat.starling.platform.refusal.Refuse;
import java.time.Duration;

/** Who may act on other members. */
final class MemberRules {

  private static final String USER = "user_id";

  private final WorkspaceState state;
  private final Existing existing;
  private final Authority authority;
  private final long nowMillis;

  MemberRules(WorkspaceState state, Authority authority, long nowMillis) {
    this.state = state;
    this.existing = new Existing(state);
    this.authority = authority;
    this.nowMillis = nowMillis;
  }

  void check(OnUser act) {
    switch (act) {
      case Kick kick -> kick(kick);
      case Ban ban -> ban(ban);
      case LiftBan _ -> authority.requirePermission(Permission.BAN_MEMBERS);
      case TimeOut timeOut -> timeOut(timeOut);
      case LiftTimeOut lift -> checkBelow(Permission.TIME_OUT_MEMBERS, lift.userId());
      case SetNickname nickname -> nickname(nickname);
      case TransferOwnership transfer -> {
        authority.requireOwner();
        var _ = existing.member(transfer.userId());
      }
    }
  }

  private Member checkBelow(Permission permission, long userId) {
    authority.requirePermission(permission);
    Member member = existing.member(userId);
    authority.requireAbove(member);
    return member;
  }

  private void kick(Kick act) {
    authority.requirePermission(Permission.KICK_MEMBERS);
    authority.requireRemovable(existing.member(act.userId()));
  }

  private void ban(Ban act) {
    authority.requirePermission(Permission.BAN_MEMBERS);
    state.member(act.userId()).ifPresent(authority::requireRemovable);
  }

  private void timeOut(TimeOut act) {
    Member member = checkBelow(Permission.TIME_OUT_MEMBERS, act.userId());
    if (Permission.ADMINISTRATOR.isIn(state.rules().base(member))) {
      throw Refuse.because(Reason.REASON_NOT_ABOVE)
          .field(USER)
          .value(act.userId())
          .expected("neither the owner nor an administrator, on whom no time-out takes effect")
          .toException();
    }
    Duration length = Duration.ofMillis(act.untilMillis()).minusMillis(nowMillis);
    if (!length.isPositive() || length.compareTo(Administration.MAX_TIME_OUT) > 0) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("until")
          .value(act.untilMillis())
          .expected("in the future, by at most " + Administration.MAX_TIME_OUT.toDays() + " days")
          .toException();
    }
  }

  private void nickname(SetNickname act) {
    if (authority.isActor(act.userId())) {
      authority.requirePermission(Permission.CHANGE_NICKNAME);
    } else {
      checkBelow(Permission.MANAGE_NICKNAMES, act.userId());
    }
  }
}
