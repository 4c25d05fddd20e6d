package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.ReportState;
import chat.starling.api.v1.Reason;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.permission.Permission;
import org.junit.jupiter.api.Test;

class DecisionsTest extends DecidedWorkspace {

  @Test
  void workspace_unfounded_canOnlyBeFounded() {
    assertThat(refusal(OWNER, enter())).isEqualTo(Reason.REASON_WORKSPACE_NOT_FOUND);
    assertThat(refusal(OWNER, found(" Birds"))).isEqualTo(Reason.REASON_NAME_INVALID);
    assertThat(refusal(OWNER, found("a\u0007b"))).isEqualTo(Reason.REASON_NAME_INVALID);
    assertThat(refusal(OWNER, found("x".repeat(101)))).isEqualTo(Reason.REASON_NAME_INVALID);
    act(OWNER, found("Birds"));
    assertThat(refusal(2, found("Mine"))).isEqualTo(Reason.REASON_WORKSPACE_EXISTS);
    Workspace workspace = workspace();
    assertThat(workspace.row().getOwnerId()).isEqualTo(OWNER);
    assertThat(workspace.roles()).hasSize(1);
    assertThat(workspace.rules().everyone().mask()).isEqualTo(Workspace.EVERYONE);
  }

  @Test
  void repetition_returnsTheFirstResult_whateverHappenedSince() {
    act(OWNER, found("Birds"));
    act(2, enter());
    AdministerRequest kick =
        request(OWNER, Act.newBuilder().setKick(Act.Kick.newBuilder().setUserId(2)).build());
    done(kick);
    act(2, enter());
    AdministerResponse again = ((Decision.Nothing) decide(kick)).response();
    assertThat(again.getSeq()).isEqualTo(3);
    assertThat(again.getDuplicate()).isTrue();
    AdministerRequest other = kick.toBuilder().setAct(Events.act(3)).build();
    assertThat(reason(() -> decide(other))).isEqualTo(Reason.REASON_NONCE_REUSED);
  }

  @Test
  void userOfWhomNothingIsKnown_actsAsAMember_andIsNoTarget() {
    act(OWNER, found("Birds"));
    assertThat(refusal(OWNER, Events.act(2))).isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
    Act.Builder nickname = Act.newBuilder();
    nickname.getSetNicknameBuilder().setUserId(2).setNickname("Ada");
    act(2, nickname.build());
    assertThat(member(2).getState()).isEqualTo(MemberState.MEMBER_STATE_MEMBER);
    assertThat(member(2).getNickname()).isEqualTo("Ada");
  }

  @Test
  void whoLeftOrWasBanned_mayDoNothing_andTheTimeOutStays() {
    act(OWNER, found("Birds"));
    act(2, enter());
    long until = Snowflake.EPOCH_MILLIS + 1_000;
    Act.Builder timeOut = Act.newBuilder();
    timeOut.getTimeOutBuilder().setUserId(2).setUntilMillis(until);
    act(OWNER, timeOut.build());
    act(2, leave());
    assertThat(refusal(2, leave())).isEqualTo(Reason.REASON_NOT_A_MEMBER);
    act(2, enter());
    assertThat(member(2).getTimedOutUntilMillis()).isEqualTo(until);
    Act.Builder ban = Act.newBuilder();
    ban.getBanBuilder().setUserId(2);
    act(OWNER, ban.build());
    assertThat(refusal(2, enter())).isEqualTo(Reason.REASON_BANNED);
    Act.Builder lift = Act.newBuilder();
    lift.getLiftBanBuilder().setUserId(2);
    act(OWNER, lift.build());
    act(2, enter());
    assertThat(decide(request(2, enter()))).isInstanceOf(Decision.Nothing.class);
  }

  @Test
  void owner_staysUntilHeHasGivenItAway() {
    act(OWNER, found("Birds"));
    assertThat(refusal(OWNER, leave())).isEqualTo(Reason.REASON_NOT_ABOVE);
    assertThat(refusal(OWNER, Events.act(OWNER))).isEqualTo(Reason.REASON_NOT_ABOVE);
    Act.Builder transfer = Act.newBuilder();
    transfer.getTransferOwnershipBuilder().setUserId(2);
    assertThat(refusal(OWNER, transfer.build())).isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
    act(2, enter());
    assertThat(refusal(2, transfer.build())).isEqualTo(Reason.REASON_OWNER_ONLY);
    act(OWNER, transfer.build());
    act(OWNER, leave());
    assertThat(workspace().row().getOwnerId()).isEqualTo(2);
  }

  @Test
  void edit_ofAnotherVersionThanWasRead_isRefused() {
    act(OWNER, found("Birds"));
    long role = role(3, 0);
    Act.Builder edit = Act.newBuilder();
    edit.getEditRoleBuilder().setRoleId(role).setName("crows");
    AdministerRequest first =
        request(OWNER, edit.build()).toBuilder().setExpectedVersion(2).build();
    done(first);
    AdministerRequest second = first.toBuilder().setNonce(Events.nonce(++nonces)).build();
    assertThat(reason(() -> decide(second))).isEqualTo(Reason.REASON_VERSION_OUTDATED);
    done(second.toBuilder().setExpectedVersion(3).build());
    assertThat(workspace().role(role).orElseThrow().getName()).isEqualTo("crows");
    assertThat(workspace().role(role).orElseThrow().getPosition()).isEqualTo(3);
    assertThat(refusal(OWNER, Act.newBuilder().setEditRole(Act.EditRole.newBuilder()).build()))
        .isEqualTo(Reason.REASON_MALFORMED);
  }

  @Test
  void filters_areSetByWhoManagesTheWorkspace_withinTheirLimits() {
    act(OWNER, found("Birds"));
    act(2, enter());
    Act one = filters(1, "crow");
    assertThat(refusal(2, one)).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    act(OWNER, one);
    assertThat(workspace().filters().getFilters(0).getText()).isEqualTo("crow");
    assertThat(decide(request(OWNER, one))).isInstanceOf(Decision.Nothing.class);
    assertThat(refusal(OWNER, filters(101, "crow"))).isEqualTo(Reason.REASON_TOO_MANY);
    assertThat(refusal(OWNER, filters(1, "x".repeat(201)))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    act(OWNER, filters(100, "x".repeat(200)));
  }

  @Test
  void report_isSettledByWhoHandlesReports() {
    act(OWNER, found("Birds"));
    act(2, enter());
    Act upheld = settle(77, ReportState.REPORT_STATE_UPHELD);
    assertThat(refusal(2, upheld)).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(refusal(OWNER, settle(0, ReportState.REPORT_STATE_UPHELD)))
        .isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, settle(77, ReportState.REPORT_STATE_OPEN)))
        .isEqualTo(Reason.REASON_OUT_OF_RANGE);
    act(OWNER, upheld);
  }

  private static Act settle(long report, ReportState state) {
    Act.Builder act = Act.newBuilder();
    act.getSettleReportBuilder().setReportId(report).setState(state);
    return act.build();
  }

  private static Act filters(int count, String text) {
    Act.Builder act = Act.newBuilder();
    for (int i = 0; i < count; i++) {
      act.getSetFiltersBuilder().addFiltersBuilder().setText(text);
    }
    return act.build();
  }

  @Test
  void role_the251st_isRefused() {
    act(OWNER, found("Birds"));
    for (int i = 0; i < 250; i++) {
      role(1, 0);
    }
    Act.Builder one = Act.newBuilder();
    one.getCreateRoleBuilder().setName("more").setPosition(1);
    assertThat(refusal(OWNER, one.build())).isEqualTo(Reason.REASON_LIMIT_REACHED);
  }

  @Test
  void override_ofOneRoleInTooManyChannels_isRefused() {
    act(OWNER, found("Birds"));
    long role = role(3, 0);
    for (long channel = 1; channel <= WorkspaceStore.MOST_OVERRIDDEN + 1; channel++) {
      store.addChannel(W, channel);
    }
    for (long channel = 1; channel <= WorkspaceStore.MOST_OVERRIDDEN; channel++) {
      act(OWNER, override(channel, role));
    }
    long more = WorkspaceStore.MOST_OVERRIDDEN + 1;
    assertThat(refusal(OWNER, override(more, role))).isEqualTo(Reason.REASON_LIMIT_REACHED);
    act(OWNER, override(1, role));
    act(OWNER, override(more, W));
  }

  @Test
  void channel_ofAnotherWorkspace_isNotFound() {
    act(OWNER, found("Birds"));
    store.addChannel(W + 1, CHANNEL);
    Act.Builder archive = Act.newBuilder();
    archive.getArchiveChannelBuilder().setChannelId(CHANNEL);
    assertThat(refusal(OWNER, override(CHANNEL, W))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(refusal(OWNER, archive.build())).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  @Test
  void archive_needsToSeeAndToManageTheChannel() {
    act(OWNER, found("Birds"));
    store.addChannel(W, CHANNEL);
    Act.Builder archive = Act.newBuilder();
    archive.getArchiveChannelBuilder().setChannelId(CHANNEL);
    assertThat(refusal(2, archive.build())).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    Act.Builder hidden = Act.newBuilder();
    hidden
        .getSetOverrideBuilder()
        .setChannelId(CHANNEL)
        .setOverride(Events.ofRole(W, 0, Permission.VIEW_CHANNEL.mask()));
    act(OWNER, hidden.build());
    assertThat(refusal(2, archive.build())).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    act(OWNER, archive.build());
    assertThat(decide(request(OWNER, archive.build()))).isInstanceOf(Decision.Nothing.class);
  }

  @Test
  void act_thatIsNone_isRefused() {
    act(OWNER, found("Birds"));
    assertThat(refusal(OWNER, Act.getDefaultInstance())).isEqualTo(Reason.REASON_FRAME_UNKNOWN);
  }

  private long role(int position, long mask) {
    Act.Builder act = Act.newBuilder();
    act.getCreateRoleBuilder().setName("birds").setPosition(position).setPermissions(mask);
    act(OWNER, act.build());
    return ids.get();
  }

  private static Act override(long channel, long role) {
    Act.Builder act = Act.newBuilder();
    act.getSetOverrideBuilder()
        .setChannelId(channel)
        .setOverride(Events.ofRole(role, 0, Permission.SEND_MESSAGES.mask()));
    return act.build();
  }
}
