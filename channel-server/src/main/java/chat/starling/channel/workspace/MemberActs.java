package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct;
import chat.starling.platform.permission.AdministrativeAct.Ban;
import chat.starling.platform.permission.AdministrativeAct.Kick;
import chat.starling.platform.permission.AdministrativeAct.LiftBan;
import chat.starling.platform.permission.AdministrativeAct.LiftTimeOut;
import chat.starling.platform.permission.AdministrativeAct.SetNickname;
import chat.starling.platform.permission.AdministrativeAct.TimeOut;
import chat.starling.platform.permission.AdministrativeAct.TransferOwnership;
import chat.starling.platform.refusal.Refuse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What acts on members make of the rows. */
final class MemberActs {

  /** Channels that one act takes its member out of; private ones come first. */
  private static final int MOST_LEFT = 1_000;

  private final ActRules rules;
  private final Situation situation;

  MemberActs(ActRules rules, Situation situation) {
    this.rules = rules;
    this.situation = situation;
  }

  Outcome decide(Act act, long expectedVersion) {
    return switch (act.getActCase()) {
      case KICK -> {
        long user = act.getKick().getUserId();
        MemberRow before = checked(new Kick(user), user, expectedVersion);
        yield gone(before, MemberState.MEMBER_STATE_LEFT);
      }
      case BAN -> {
        long user = act.getBan().getUserId();
        MemberRow before = checked(new Ban(user), user, expectedVersion);
        yield gone(before, MemberState.MEMBER_STATE_BANNED);
      }
      case LIFT_BAN -> liftBan(act.getLiftBan().getUserId(), expectedVersion);
      case TIME_OUT -> {
        long user = act.getTimeOut().getUserId();
        long until = act.getTimeOut().getUntilMillis();
        MemberRow before = checked(new TimeOut(user, until), user, expectedVersion);
        yield Outcome.of(before.toBuilder().setTimedOutUntilMillis(until));
      }
      case LIFT_TIME_OUT -> {
        long user = act.getLiftTimeOut().getUserId();
        MemberRow before = checked(new LiftTimeOut(user), user, expectedVersion);
        yield Outcome.of(before.toBuilder().clearTimedOutUntilMillis());
      }
      case SET_NICKNAME -> nickname(act.getSetNickname(), expectedVersion);
      case TRANSFER_OWNERSHIP -> transfer(act.getTransferOwnership().getUserId());
      case LEAVE -> leave();
      default -> throw new IllegalArgumentException("no act on a member: " + act.getActCase());
    };
  }

  private Outcome liftBan(long userId, long expectedVersion) {
    MemberRow before = checked(new LiftBan(userId), userId, expectedVersion);
    return before.getState() == MemberState.MEMBER_STATE_BANNED
        ? Outcome.of(before.toBuilder().setState(MemberState.MEMBER_STATE_LEFT))
        : Outcome.NOTHING;
  }

  private Outcome nickname(Act.SetNickname act, long expectedVersion) {
    String nickname = Labels.nickname("act.set_nickname.nickname", act.getNickname());
    MemberRow before = checked(new SetNickname(act.getUserId()), act.getUserId(), expectedVersion);
    return Outcome.of(Situation.entered(before).setNickname(nickname));
  }

  private Outcome transfer(long userId) {
    rules.check(new TransferOwnership(userId));
    return Outcome.of(
        Outcome.change(situation.workspace().row().toBuilder().setOwnerId(userId).build()));
  }

  private Outcome leave() {
    requireNotOwner(situation.actor().getUserId());
    return gone(situation.actor(), MemberState.MEMBER_STATE_LEFT);
  }

  private MemberRow checked(AdministrativeAct act, long userId, long expectedVersion) {
    rules.check(act);
    if (userId <= 0) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("user_id")
          .value(userId)
          .expected("1..9223372036854775807")
          .toException();
    }
    MemberRow before = situation.rowOf(userId);
    ActRules.requireVersion(expectedVersion, before.getVersion());
    return before;
  }

  private void requireNotOwner(long userId) {
    if (situation.rules().isOwner(userId)) {
      throw Refuse.because(Reason.REASON_NOT_ABOVE)
          .field("user_id")
          .value(userId)
          .expected("a member who is not the owner")
          .toException();
    }
  }

  /**
   * Roles, nickname and channels go; a time-out stays, lest leaving be the way out of it, and
   * direct channels do, whose members never change.
   */
  private Outcome gone(MemberRow before, MemberState state) {
    MemberRow.Builder after =
        before.toBuilder().setState(state).clearRoleIds().clearNickname().clearVersion();
    List<WorkspaceChange> changes = new ArrayList<>();
    changes.add(Outcome.change(after.build()));
    situation.left().stream()
        .filter(one -> one.getKind() != ChannelKind.CHANNEL_KIND_DIRECT)
        .sorted(Comparator.comparing(MemberActs::isPublic))
        .limit(MOST_LEFT)
        .map(one -> one.toBuilder().setMember(false).build())
        .map(one -> WorkspaceChange.newBuilder().setMembership(one).build())
        .forEach(changes::add);
    return new Outcome(0, changes);
  }

  private static boolean isPublic(MembershipChange membership) {
    return membership.getKind() != ChannelKind.CHANNEL_KIND_PRIVATE;
  }
}
