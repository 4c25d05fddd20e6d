package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvitationDecisionsTest extends DecidedWorkspace {

  private static final long INVITER = 2;
  private static final long GUEST = 3;
  private static final int DAY = Math.toIntExact(Duration.ofDays(1).toSeconds());

  @BeforeEach
  void found() {
    act(OWNER, found("Birds"));
    act(INVITER, enter());
  }

  @Test
  void accepting_makesAMember_andCountsUntilTheLastUse() {
    InvitationRow row = made(OWNER, create(2, DAY));
    assertThat(row.getCode()).matches("[a-z2-7]{26}");
    act(GUEST, accept(row.getCode()));
    assertThat(member(GUEST).getState()).isEqualTo(MemberState.MEMBER_STATE_MEMBER);
    assertThat(rows()).extracting(InvitationRow::getUses).containsExactly(1);
    act(4, accept(row.getCode()));
    assertThat(rows()).isEmpty();
    assertThat(refusal(5, accept(row.getCode()))).isEqualTo(Reason.REASON_INVITATION_NOT_FOUND);
  }

  @Test
  void accepting_ofWhoIsAMember_countsNoUse_andOfWhoIsBannedIsRefusedAsEntering() {
    InvitationRow row = made(OWNER, create(1, DAY));
    assertThat(decide(request(INVITER, accept(row.getCode()))))
        .isInstanceOf(Decision.Nothing.class);
    Act.Builder ban = Act.newBuilder();
    ban.getBanBuilder().setUserId(GUEST);
    act(OWNER, ban.build());
    assertThat(refusal(GUEST, accept(row.getCode()))).isEqualTo(Reason.REASON_BANNED);
    assertThat(rows()).containsExactly(row);
    act(INVITER, leave());
    act(INVITER, accept(row.getCode()));
    assertThat(member(INVITER).getState()).isEqualTo(MemberState.MEMBER_STATE_MEMBER);
  }

  @Test
  void accepting_whatIsOverOrRevokedOrUnknown_isRefusedAlike() {
    InvitationRow ended = made(OWNER, create(0, 60));
    InvitationRow revoked = made(OWNER, create(0, DAY));
    act(OWNER, revoke(revoked.getInvitationId()));
    nowMillis += 60_000;
    for (String code : List.of(ended.getCode(), revoked.getCode(), "", "abc")) {
      assertThat(refusal(GUEST, accept(code))).isEqualTo(Reason.REASON_INVITATION_NOT_FOUND);
    }
  }

  @Test
  void creating_needsThePermission_andKeepsItsLimits() {
    assertThat(refusal(INVITER, create(0, DAY))).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(refusal(OWNER, create(-1, DAY))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, create(1_001, DAY))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, create(0, 59))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, create(0, 30 * DAY + 1))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    Long[] many = Stream.iterate(1L, i -> i + 1).limit(11).toArray(Long[]::new);
    assertThat(refusal(OWNER, create(0, DAY, many))).isEqualTo(Reason.REASON_TOO_MANY);
    assertThat(refusal(OWNER, create(0, DAY, W))).isEqualTo(Reason.REASON_ROLE_IS_EVERYONE);
    assertThat(refusal(OWNER, create(0, DAY, 77L))).isEqualTo(Reason.REASON_ROLE_NOT_FOUND);
  }

  @Test
  void the201st_isRefused_untilOthersHaveEnded() {
    for (int i = 0; i < WorkspaceStore.MOST_INVITATIONS; i++) {
      act(OWNER, create(0, i == 0 ? 60 : DAY));
    }
    assertThat(refusal(OWNER, create(0, DAY))).isEqualTo(Reason.REASON_LIMIT_REACHED);
    nowMillis += 60_000;
    act(OWNER, create(0, DAY));
    assertThat(rows()).hasSize(WorkspaceStore.MOST_INVITATIONS);
    nowMillis += DAY * 1_000L;
    act(OWNER, create(0, DAY));
    assertThat(rows()).hasSize(1);
  }

  @Test
  void revoking_othersInvitations_isForWhoManagesTheWorkspace() {
    InvitationRow others = made(OWNER, create(0, DAY));
    assertThat(refusal(INVITER, revoke(others.getInvitationId())))
        .isEqualTo(Reason.REASON_PERMISSION_MISSING);
    give(INVITER, role(5, Permission.CREATE_INVITATIONS.mask()));
    InvitationRow own = made(INVITER, create(0, DAY));
    assertThat(refusal(INVITER, revoke(others.getInvitationId())))
        .isEqualTo(Reason.REASON_INVITATION_NOT_FOUND);
    act(INVITER, revoke(own.getInvitationId()));
    InvitationRow another = made(INVITER, create(0, DAY));
    act(OWNER, revoke(another.getInvitationId()));
    assertThat(rows()).containsExactly(others);
  }

  @Test
  void roles_areThoseThatTheInviterMayGive_whenItIsMadeAndWhenItIsAccepted() {
    long low = role(1, Permission.SEND_MESSAGES.mask());
    long high = role(9, 0);
    long inviting =
        role(
            5,
            Permission.CREATE_INVITATIONS.mask()
                | Permission.MANAGE_ROLES.mask()
                | Permission.SEND_MESSAGES.mask());
    give(INVITER, inviting);
    assertThat(refusal(INVITER, create(0, DAY, high))).isEqualTo(Reason.REASON_NOT_ABOVE);
    InvitationRow row = made(INVITER, create(0, DAY, low));
    act(GUEST, accept(row.getCode()));
    assertThat(member(GUEST).getRoleIdsList()).containsExactly(low);

    Act.Builder raise = Act.newBuilder();
    raise.getEditRoleBuilder().setRoleId(low).setPermissions(Permission.BAN_MEMBERS.mask());
    act(OWNER, raise.build());
    act(4, accept(row.getCode()));
    assertThat(member(4).getRoleIdsList()).as("more than the inviter has").isEmpty();
    raise.getEditRoleBuilder().setPermissions(0);
    act(OWNER, raise.build());
    act(5, accept(row.getCode()));
    assertThat(member(5).getRoleIdsList()).containsExactly(low);
    act(OWNER, Act.newBuilder().setKick(Act.Kick.newBuilder().setUserId(INVITER)).build());
    act(6, accept(row.getCode()));
    assertThat(member(6).getRoleIdsList()).as("of one who is gone").isEmpty();
  }

  @Test
  void role_thatAChannelAllowsMore_isNotGivenByWhoLacksItThere() {
    store.addChannel(W, CHANNEL);
    long low = role(1, 0);
    give(INVITER, role(5, Permission.CREATE_INVITATIONS.mask() | Permission.MANAGE_ROLES.mask()));
    InvitationRow row = made(INVITER, create(0, DAY, low));
    Act.Builder override = Act.newBuilder();
    override
        .getSetOverrideBuilder()
        .setChannelId(CHANNEL)
        .setOverride(Events.ofRole(low, Permission.MANAGE_MESSAGES.mask(), 0));
    act(OWNER, override.build());
    assertThat(refusal(INVITER, create(0, DAY, low))).isEqualTo(Reason.REASON_MORE_THAN_HELD);
    act(GUEST, accept(row.getCode()));
    assertThat(member(GUEST).getRoleIdsList()).isEmpty();
  }

  @Test
  void auditLog_neverHasTheCode_andNamesWhoGotRoles() {
    long low = role(1, 0);
    InvitationRow plain = made(OWNER, create(0, DAY));
    assertThat(AuditEntry.of(applied(4, accept(plain.getCode())))).isEmpty();
    WorkspaceEvent creation = applied(OWNER, create(1, DAY, low));
    InvitationRow row = creation.getChangesList().getLast().getInvitation();
    WorkspaceEvent acceptance = applied(GUEST, accept(row.getCode()));
    WorkspaceEvent entry = AuditEntry.of(acceptance).orElseThrow();
    assertThat(entry.getAct().getAcceptInvitation().getInvitationId())
        .isEqualTo(row.getInvitationId());
    assertThat(entry.getAct().getAcceptInvitation().getRoleIdsList()).containsExactly(low);
    for (WorkspaceEvent event : List.of(creation, acceptance)) {
      assertThat(AuditEntry.of(event).orElseThrow().toString()).doesNotContain(row.getCode());
    }
  }

  @Test
  void actsOfOneTurn_countEachUse() {
    InvitationRow row = made(OWNER, create(1, DAY));
    Turn turn = decisions.turn(W, 3);
    AdministerRequest first = request(GUEST, accept(row.getCode()));
    assertThat(turn.decide(first, "").toCompletableFuture().join())
        .isInstanceOf(Decision.Change.class);
    AdministerRequest second = request(4, accept(row.getCode()));
    assertThat(reason(() -> turn.decide(second, "").toCompletableFuture().join()))
        .isEqualTo(Reason.REASON_INVITATION_NOT_FOUND);
  }

  @Test
  void codes_areAllTheBitsThatAreDrawn() {
    InvitationCodes codes = new InvitationCodes(new Random(1));
    assertThat(Stream.generate(codes).limit(1_000).distinct())
        .hasSize(1_000)
        .allMatch(code -> code.matches("[a-z2-7]{26}"));
  }

  private InvitationRow made(long actor, Act act) {
    return applied(actor, act).getChangesList().getLast().getInvitation();
  }

  private List<InvitationRow> rows() {
    return store.invitations(W).toCompletableFuture().join();
  }

  private long role(int position, long mask) {
    Act.Builder act = Act.newBuilder();
    act.getCreateRoleBuilder().setName("birds").setPosition(position).setPermissions(mask);
    return applied(OWNER, act.build()).getMadeId();
  }

  private void give(long user, long role) {
    Act.Builder act = Act.newBuilder();
    act.getGiveRoleBuilder().setUserId(user).setRoleId(role);
    act(OWNER, act.build());
  }

  private static Act create(int maxUses, int seconds, Long... roles) {
    Act.Builder act = Act.newBuilder();
    act.getCreateInvitationBuilder()
        .setMaxUses(maxUses)
        .setExpiresAfterSeconds(seconds)
        .addAllRoleIds(List.of(roles));
    return act.build();
  }

  private static Act revoke(long invitation) {
    Act.Builder act = Act.newBuilder();
    act.getRevokeInvitationBuilder().setInvitationId(invitation);
    return act.build();
  }

  private static Act accept(String code) {
    Act.Builder act = Act.newBuilder();
    act.getAcceptInvitationBuilder().setCode(code);
    return act.build();
  }
}
