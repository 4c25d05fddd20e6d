package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.Administration;
import chat.starling.platform.permission.AdministrativeAct.GiveRole;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What acts on invitations make of the rows. */
record InvitationActs(ActRules rules, Situation situation, long nowMillis) {

  /** Roles of one invitation. */
  static final int MOST_ROLES = 10;

  private static final int MOST_USES = 1_000;
  private static final int SHORTEST_SECONDS = 60;
  private static final int LONGEST_SECONDS = Math.toIntExact(Duration.ofDays(30).toSeconds());

  /**
   * Makes one, and takes those away that have ended.
   *
   * @param made its id and its code
   */
  Outcome create(Act.CreateInvitation act, ActRules.Made made) {
    rules.require(Permission.CREATE_INVITATIONS);
    check("max_uses", act.getMaxUses(), 0, MOST_USES);
    check("expires_after_seconds", act.getExpiresAfterSeconds(), SHORTEST_SECONDS, LONGEST_SECONDS);
    List<Long> roles = roles(act);
    List<WorkspaceChange> changes = new ArrayList<>();
    situation.invitations().rows().stream()
        .filter(row -> Invitations.isOver(row, nowMillis))
        .map(row -> Outcome.deletedInvitation(row.getInvitationId()))
        .forEach(changes::add);
    requireRoom(situation.invitations().rows().size() - changes.size());
    long id = made.nextId().getAsLong();
    InvitationRow row =
        InvitationRow.newBuilder()
            .setInvitationId(id)
            .setCode(made.codes().get())
            .addAllRoleIds(roles)
            .setMaxUses(act.getMaxUses())
            .setExpiresAtMillis(nowMillis + act.getExpiresAfterSeconds() * 1_000L)
            .setCreatedBy(situation.actor().getUserId())
            .build();
    changes.add(Outcome.change(row));
    return new Outcome(id, changes);
  }

  /** Those that the actor may give, which he may if he may give them to himself. */
  private List<Long> roles(Act.CreateInvitation act) {
    if (act.getRoleIdsCount() > MOST_ROLES) {
      throw Refuse.because(Reason.REASON_TOO_MANY)
          .field("act.create_invitation.role_ids")
          .value(act.getRoleIdsCount())
          .expected("at most " + MOST_ROLES)
          .toException();
    }
    List<Long> roles = act.getRoleIdsList().stream().sorted().distinct().toList();
    roles.forEach(role -> rules.check(new GiveRole(situation.actor().getUserId(), role)));
    return roles;
  }

  /** Ends one; who may only invite does not learn of those of others. */
  Outcome revoke(Act.RevokeInvitation act) {
    boolean any = has(Permission.MANAGE_WORKSPACE);
    if (!any) {
      rules.require(Permission.CREATE_INVITATIONS);
    }
    long id = act.getInvitationId();
    boolean there =
        situation.invitations().rows().stream()
            .filter(row -> row.getInvitationId() == id)
            .anyMatch(row -> any || row.getCreatedBy() == situation.actor().getUserId());
    if (!there) {
      throw Refuse.because(Reason.REASON_INVITATION_NOT_FOUND)
          .field("act.revoke_invitation.invitation_id")
          .value(id)
          .expected("an invitation that can be accepted")
          .toException();
    }
    return Outcome.of(Outcome.deletedInvitation(id));
  }

  /** Makes the actor, who is no member and not banned, one. */
  Outcome accept() {
    InvitationRow row =
        situation
            .invitations()
            .accepted()
            .orElseThrow(() ->
                Refuse.because(Reason.REASON_INVITATION_NOT_FOUND)
                    .field("act.accept_invitation.code")
                    .expected("the code of an invitation that can be accepted")
                    .toException());
    InvitationRow used = row.toBuilder().setUses(row.getUses() + 1).build();
    boolean last = used.getUses() == used.getMaxUses();
    MemberRow member =
        situation.actor().toBuilder()
            .setState(MemberState.MEMBER_STATE_MEMBER)
            .clearRoleIds()
            .addAllRoleIds(given(row))
            .clearVersion()
            .build();
    return Outcome.of(
        Outcome.change(member),
        last ? Outcome.deletedInvitation(row.getInvitationId()) : Outcome.change(used));
  }

  /**
   * Of the roles of who comes and of the invitation, those that there are, and that its maker may
   * give still: what was done to him or to the role since counts.
   */
  private List<Long> given(InvitationRow row) {
    return Stream.concat(
            situation.actor().getRoleIdsList().stream()
                .filter(role -> situation.workspace().role(role).isPresent()),
            row.getRoleIdsList().stream().filter(this::mayGive))
        .sorted()
        .distinct()
        .toList();
  }

  private boolean mayGive(long role) {
    MemberRow inviter = situation.invitations().inviter();
    try {
      ActRules.requireMember(inviter);
      Administration.check(
          new GiveRole(inviter.getUserId(), role),
          Situation.asMember(inviter),
          situation.as(inviter),
          nowMillis);
      return true;
    } catch (RefusedException refused) {
      return false;
    }
  }

  private boolean has(Permission permission) {
    return permission.isIn(EffectiveMask.inWorkspace(situation.rules(), rules.actor(), nowMillis));
  }

  private static void requireRoom(int count) {
    if (count >= WorkspaceStore.MOST_INVITATIONS) {
      throw Refuse.because(Reason.REASON_LIMIT_REACHED)
          .field("invitations")
          .value(count)
          .expected("fewer than " + WorkspaceStore.MOST_INVITATIONS)
          .toException();
    }
  }

  private static void check(String field, int number, int least, int most) {
    if (number < least || number > most) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("act.create_invitation." + field)
          .value(number)
          .expected(least + ".." + most)
          .toException();
    }
  }
}
