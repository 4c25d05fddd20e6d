package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct.AddToChannel;
import chat.starling.platform.permission.AdministrativeAct.JoinChannel;
import chat.starling.platform.permission.AdministrativeAct.RemoveFromChannel;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What acts on who is in a channel make of the rows. */
final class MembershipActs {

  private final ActRules rules;
  private final Situation situation;
  private final long nowMillis;
  private final LongSupplier nextId;

  MembershipActs(ActRules rules, Situation situation, long nowMillis, LongSupplier nextId) {
    this.rules = rules;
    this.situation = situation;
    this.nowMillis = nowMillis;
    this.nextId = nextId;
  }

  Outcome decide(Act act) {
    return switch (act.getActCase()) {
      case JOIN_CHANNEL -> join(act.getJoinChannel().getChannelId());
      case LEAVE_CHANNEL -> leave(act.getLeaveChannel().getChannelId());
      case ADD_TO_CHANNEL -> add(act.getAddToChannel());
      case REMOVE_FROM_CHANNEL -> remove(act.getRemoveFromChannel());
      case OPEN_DIRECT -> openDirect();
      default -> throw new IllegalArgumentException("no act on members: " + act.getActCase());
    };
  }

  private Outcome join(long channelId) {
    rules.check(new JoinChannel(channelId));
    return membership(channelId, actorId(), true);
  }

  /** Who is in a channel gets out of it, even if he sees it no more. */
  private Outcome leave(long channelId) {
    if (!situation.isInChannel(channelId, actorId())) {
      rules.check(new JoinChannel(channelId));
      return Outcome.NOTHING;
    }
    if (situation.existing(channelId).row().getKind() == ChannelKind.CHANNEL_KIND_DIRECT) {
      throw Refuse.because(Reason.REASON_CHANNEL_IS_DIRECT)
          .field("channel_id")
          .value(channelId)
          .expected("a channel that is not a direct one")
          .toException();
    }
    return membership(channelId, actorId(), false);
  }

  private Outcome add(Act.AddToChannel act) {
    rules.check(new AddToChannel(act.getChannelId(), act.getUserId()));
    return membership(act.getChannelId(), act.getUserId(), true);
  }

  private Outcome remove(Act.RemoveFromChannel act) {
    rules.check(new RemoveFromChannel(act.getChannelId(), act.getUserId()));
    return membership(act.getChannelId(), act.getUserId(), false);
  }

  private Outcome membership(long channelId, long userId, boolean member) {
    return situation.isInChannel(channelId, userId) == member
        ? Outcome.NOTHING
        : Outcome.of(Outcome.membership(situation.existing(channelId).row(), userId, member));
  }

  private Outcome openDirect() {
    if (situation.channel().isPresent()) {
      return new Outcome(situation.channel().get().row().getChannelId(), List.of());
    }
    situation.directUsers().forEach(this::requireMember);
    ChannelRow.Builder wanted =
        ChannelRow.newBuilder()
            .setKind(ChannelKind.CHANNEL_KIND_DIRECT)
            .setCreatedBy(actorId())
            .addAllDirectUserIds(
                situation.directUsers().stream().map(MemberRow::getUserId).toList());
    requireMayTalk(wanted.build());
    ChannelRow row = wanted.setChannelId(nextId.getAsLong()).build();
    List<WorkspaceChange> changes = new ArrayList<>();
    changes.add(Outcome.change(row));
    row.getDirectUserIdsList().forEach(user -> changes.add(Outcome.membership(row, user, true)));
    return new Outcome(row.getChannelId(), changes);
  }

  private void requireMember(MemberRow row) {
    if (row.getUserId() != actorId() && row.getState() != MemberState.MEMBER_STATE_MEMBER) {
      throw Refuse.because(Reason.REASON_MEMBER_NOT_FOUND)
          .field("user_id")
          .value(row.getUserId())
          .expected("one that exists")
          .toException();
    }
  }

  /** Who is timed out would only be able to read what nobody has written. */
  private void requireMayTalk(ChannelRow wanted) {
    ChannelState channel = new ChannelState(situation.workspace().id(), wanted, List.of(), 0);
    long mask =
        EffectiveMask.inChannel(situation.rules(), channel.rules(), rules.actor(), true, nowMillis);
    if (!Permission.SEND_MESSAGES.isIn(mask)) {
      throw Refuse.because(Reason.REASON_PERMISSION_MISSING)
          .expected(Permission.SEND_MESSAGES.name())
          .toException();
    }
  }

  private long actorId() {
    return situation.actor().getUserId();
  }
}
