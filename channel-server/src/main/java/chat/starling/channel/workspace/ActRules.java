package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.Administration;
import chat.starling.platform.permission.AdministrativeAct;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What one act makes of the rows of one situation, if it may be done there. */
final class ActRules {

  private final Situation situation;
  private final long nowMillis;
  private final Made made;

  /**
   * What acts need that nobody can foretell.
   *
   * @param nextId makes ids
   * @param codes makes codes of invitations
   */
  record Made(LongSupplier nextId, Supplier<String> codes) {}

  ActRules(Situation situation, long nowMillis, Made made) {
    this.situation = situation;
    this.nowMillis = nowMillis;
    this.made = made;
  }

  /**
   * The outcome; throws the refusal.
   *
   * @param expectedVersion of what the act changes; 0 for any
   */
  Outcome decide(Act act, long expectedVersion) {
    if (act.getActCase() == Act.ActCase.FOUND) {
      return found(act.getFound());
    }
    if (!needsNoFounder(act)) {
      requireFounded(situation.workspace());
    }
    if (act.getActCase() == Act.ActCase.ENTER
        || act.getActCase() == Act.ActCase.ACCEPT_INVITATION) {
      return comeIn(act);
    }
    requireMember(situation.actor());
    return switch (act.getActCase()) {
      case CREATE_ROLE, EDIT_ROLE, DELETE_ROLE, GIVE_ROLE, TAKE_ROLE ->
          new RoleActs(this, situation, made.nextId()).decide(act, expectedVersion);
      case SET_OVERRIDE, REMOVE_OVERRIDE ->
          new OverrideActs(this, situation).decide(act, expectedVersion);
      case CREATE_CHANNEL,
          RENAME_CHANNEL,
          SET_TOPIC,
          SET_SLOW_MODE,
          ARCHIVE_CHANNEL,
          RESTORE_CHANNEL ->
          new ChannelActs(this, situation, made.nextId()).decide(act, expectedVersion);
      case JOIN_CHANNEL, LEAVE_CHANNEL, ADD_TO_CHANNEL, REMOVE_FROM_CHANNEL, OPEN_DIRECT ->
          new MembershipActs(this, situation, nowMillis, made.nextId()).decide(act);
      case KICK, BAN, LIFT_BAN, TIME_OUT, LIFT_TIME_OUT, SET_NICKNAME, TRANSFER_OWNERSHIP, LEAVE ->
          new MemberActs(this, situation).decide(act, expectedVersion);
      case SET_FILTERS -> new FilterActs(this, situation.workspace()).decide(act.getSetFilters());
      case CREATE_INVITATION -> invitations().create(act.getCreateInvitation(), made);
      case REVOKE_INVITATION -> invitations().revoke(act.getRevokeInvitation());
      case SETTLE_REPORT ->
          new ReportActs(this).decide(act.getSettleReport(), situation.actor().getUserId());
      default -> throw unknown();
    };
  }

  /** What everybody does where nobody has rights to give. */
  private static boolean needsNoFounder(Act act) {
    return switch (act.getActCase()) {
      case CREATE_CHANNEL, JOIN_CHANNEL, LEAVE_CHANNEL -> true;
      default -> false;
    };
  }

  /** That the actor may do this. */
  void check(AdministrativeAct act) {
    Administration.check(act, actor(), situation, nowMillis);
  }

  /** That the actor has this in the workspace. */
  void require(Permission permission) {
    Administration.require(permission, actor(), situation.rules(), nowMillis);
  }

  /** That what is to be changed is as the caller has read it. */
  static void requireVersion(long expected, long found) {
    if (expected != 0 && expected != found) {
      throw Refuse.because(Reason.REASON_VERSION_OUTDATED)
          .field("expected_version")
          .value(expected)
          .expected(Long.toString(found))
          .toException();
    }
  }

  Member actor() {
    return Situation.asMember(situation.actor());
  }

  private Outcome found(Act.Found act) {
    if (situation.workspace().isFounded()) {
      throw Refuse.because(Reason.REASON_WORKSPACE_EXISTS)
          .field("workspace_id")
          .value(situation.workspace().id())
          .expected("a workspace that nobody has founded")
          .toException();
    }
    long owner = situation.actor().getUserId();
    return Outcome.of(
        Outcome.change(
            WorkspaceRow.newBuilder()
                .setName(Labels.name("act.found.name", act.getName()))
                .setOwnerId(owner)
                .build()),
        Outcome.change(Workspace.everyone(situation.workspace().id())),
        Outcome.change(
            Situation.unknown(owner).toBuilder()
                .setState(MemberState.MEMBER_STATE_MEMBER)
                .build()));
  }

  private Outcome comeIn(Act act) {
    return switch (situation.actor().getState()) {
      case MEMBER_STATE_MEMBER -> Outcome.NOTHING;
      case MEMBER_STATE_BANNED -> throw banned(situation.actor());
      default ->
          act.hasAcceptInvitation()
              ? invitations().accept()
              : Outcome.of(situation.actor().toBuilder().setState(MemberState.MEMBER_STATE_MEMBER));
    };
  }

  private InvitationActs invitations() {
    return new InvitationActs(this, situation, nowMillis);
  }

  /** That somebody is there who can have given rights. */
  static void requireFounded(Workspace workspace) {
    if (!workspace.isFounded()) {
      throw Refuse.because(Reason.REASON_WORKSPACE_NOT_FOUND)
          .field("workspace_id")
          .value(workspace.id())
          .expected("a workspace that has an owner")
          .toException();
    }
  }

  /** That he who acts has neither left nor been removed. */
  static void requireMember(MemberRow actor) {
    switch (actor.getState()) {
      case MEMBER_STATE_LEFT ->
          throw Refuse.because(Reason.REASON_NOT_A_MEMBER)
              .field("actor_id")
              .value(actor.getUserId())
              .expected("a member of the workspace")
              .toException();
      case MEMBER_STATE_BANNED -> throw banned(actor);
      default -> {}
    }
  }

  private static RuntimeException banned(MemberRow actor) {
    return Refuse.because(Reason.REASON_BANNED)
        .field("actor_id")
        .value(actor.getUserId())
        .expected("a user who is not banned")
        .toException();
  }

  private static RuntimeException unknown() {
    return Refuse.because(Reason.REASON_FRAME_UNKNOWN)
        .field("act")
        .expected("an act that this server knows")
        .toException();
  }
}
