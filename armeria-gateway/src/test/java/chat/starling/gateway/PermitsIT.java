package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.Bump;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.HistoryServiceGrpc;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.harness.FakeWorkspaces;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import chat.starling.platform.permission.Permission;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roles, overrides and memberships change while clients look, send and read. */
class PermitsIT {

  private static final long WORKSPACE = 1;
  private static final long ADA = 1;

  private Stage stage;
  private FakeWorkspaces workspaces;
  private Phone phone;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.with(Map.of("limits.append-timeout", "1s"));
    workspaces = stage.channels.workspaces();
    phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void view_rightTakenAway_endsBeforeTheNextMessage() {
    focus();
    stage.channels.post(Stage.CHANNEL, "one");
    assertThat(phone.next().getEvent().getSeq()).isEqualTo(1);
    awaitApplied(workspaces.override(WORKSPACE, Stage.CHANNEL, 0, bit(Permission.VIEW_CHANNEL)));
    stage.channels.post(Stage.CHANNEL, "two");
    assertThat(phone.next().getRemoved().getChannelId()).isEqualTo(Stage.CHANNEL);
    assertThat(phone.refusal(phone.focus(Phone.live(Stage.CHANNEL))).getReason())
        .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);

    awaitApplied(workspaces.override(WORKSPACE, Stage.CHANNEL, 0, 0));
    phone.focus(Phone.after(Stage.CHANNEL, 1));
    assertThat(phone.next().getFocused().getFromSeq()).isEqualTo(1);
    assertThat(phone.next().getEvent().getSeq()).isEqualTo(2);
  }

  @Test
  void view_memberKicked_endsAndNothingIsLeftToHim() {
    focus();
    awaitApplied(
        workspaces.member(
            WORKSPACE,
            MemberRow.newBuilder().setUserId(ADA).setState(MemberState.MEMBER_STATE_LEFT).build()));
    stage.channels.post(Stage.CHANNEL, "one");
    assertThat(phone.next().getRemoved().getChannelId()).isEqualTo(Stage.CHANNEL);
    assertThat(phone.refusal(phone.send(Stage.CHANNEL, "me too")).getReason())
        .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(history().getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    phone.expectAlive();
  }

  @Test
  void view_membershipEnds_endsBeforeTheNextMessage() {
    focus();
    awaitApplied(workspaces.membership(WORKSPACE, Stage.CHANNEL, ADA, false));
    stage.channels.post(Stage.CHANNEL, "one");
    assertThat(phone.next().getRemoved().getChannelId()).isEqualTo(Stage.CHANNEL);
    assertThat(phone.refusal(phone.focus(Phone.live(Stage.CHANNEL))).getReason())
        .isEqualTo(Reason.REASON_NOT_A_MEMBER);
  }

  @Test
  void focus_keptAfterTheRightIsGone_saysNothingOfTheChannel() {
    focus();
    stage.channels.post(Stage.CHANNEL, "one");
    assertThat(phone.next().getEvent().getSeq()).isEqualTo(1);
    awaitApplied(workspaces.override(WORKSPACE, Stage.CHANNEL, 0, bit(Permission.VIEW_CHANNEL)));
    assertThat(phone.refusal(phone.focus(Phone.after(Stage.CHANNEL, 1))).getReason())
        .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    phone.expectAlive();
  }

  @Test
  void resume_afterTheRightIsGone_bringsNothingOfTheChannel_andGoesOnWithTheOthers() {
    stage.channels.directory().channel(20, WORKSPACE, "other", ADA);
    phone.vanish();
    Phone first = Phone.connect(stage.client, stage.ada);
    String session = first.ready().getSessionToken();
    first.focus(Phone.live(Stage.CHANNEL), Phone.live(20));
    assertThat(first.next().hasFocused()).isTrue();
    assertThat(first.next().hasFocused()).isTrue();
    stage.channels.post(Stage.CHANNEL, "hidden");
    first.expectEvents(Stage.CHANNEL, 1, 1);
    stage.channels.post(20, "shown");
    first.expectEvents(20, 1, 1);
    first.vanish();
    awaitApplied(workspaces.override(WORKSPACE, Stage.CHANNEL, 0, bit(Permission.VIEW_CHANNEL)));

    Phone second = Phone.resume(stage.client, stage.ada, session, 0);
    assertThat(second.ready().getResumed()).isTrue();
    second.expectEvents(20, 1, 1);
    assertThat(second.next().getRemoved().getChannelId()).isEqualTo(Stage.CHANNEL);
    stage.channels.post(Stage.CHANNEL, "hidden too");
    stage.channels.post(20, "shown too");
    second.expectEvents(20, 2, 2);
    second.vanish();

    Phone third = Phone.resume(stage.client, stage.ada, session, 2);
    assertThat(third.ready().getResumed()).as("what was not sent is not counted").isTrue();
    third.expectAlive();
  }

  @Test
  void send_withoutThePermission_isRefusedByItsName() {
    focus();
    awaitApplied(
        workspaces.everyone(WORKSPACE, FakeWorkspaces.EVERYONE & ~bit(Permission.SEND_MESSAGES)));
    Refusal refusal = phone.refusal(phone.send(Stage.CHANNEL, "hello"));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(refusal.getExpected()).isEqualTo("SEND_MESSAGES");
    assertThat(refusal.getField()).isEqualTo("send.channel_id");
    stage.channels.post(Stage.CHANNEL, "from somebody else");
    assertThat(phone.next().getEvent().getSeq()).isEqualTo(1);
  }

  @Test
  void past_withoutThePermission_isNotShown() {
    stage.channels.post(Stage.CHANNEL, "one");
    awaitApplied(
        workspaces.everyone(WORKSPACE, FakeWorkspaces.EVERYONE & ~bit(Permission.READ_HISTORY)));
    phone.focus(Phone.after(Stage.CHANNEL, 0));
    assertThat(phone.next().getFocused().getFromSeq()).isEqualTo(1);
    Backfill gap = Backfill.newBuilder().setChannelId(Stage.CHANNEL).build();
    Refusal refusal = phone.refusal(phone.say(ClientFrame.newBuilder().setBackfill(gap)));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(history().getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void channel_notToBeSeen_isToldLikeOneThatIsNotThere() {
    focus();
    awaitApplied(workspaces.override(WORKSPACE, Stage.CHANNEL, 0, bit(Permission.VIEW_CHANNEL)));
    Refusal hidden = phone.refusal(phone.send(Stage.CHANNEL, "hello"));
    Refusal missing = phone.refusal(phone.send(4711, "hello"));
    assertThat(hidden.getReason()).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(hidden)
        .isEqualTo(
            missing.toBuilder()
                .setValue(hidden.getValue())
                .setMessage(missing.getMessage().replace("4711", hidden.getValue()))
                .build());
  }

  @Test
  void bumps_ofAChannelNotToBeSeenAnyMore_end() {
    workspaces.found(WORKSPACE, 99);
    stage.channels.directory().channel(20, WORKSPACE, "other", ADA);
    Phone bumped = Phone.withBumps(stage.client, stage.ada);
    bumped.ready();
    assertThat(bumped.joined()).containsOnlyKeys(Stage.CHANNEL, 20L);
    awaitApplied(workspaces.override(WORKSPACE, Stage.CHANNEL, 0, bit(Permission.VIEW_CHANNEL)));
    stage.channels.post(Stage.CHANNEL, "hidden");
    stage.channels.post(20, "shown");
    Set<Long> removed = new HashSet<>();
    ServerFrame frame = bumped.next();
    while (!frame.hasBumps()) {
      removed.add(frame.getRemoved().getChannelId());
      frame = bumped.next();
    }
    assertThat(frame.getBumps().getBumpsList()).extracting(Bump::getChannelId).containsExactly(20L);
    if (removed.isEmpty()) {
      removed.add(bumped.next().getRemoved().getChannelId());
    }
    assertThat(removed).containsExactly(Stage.CHANNEL);
  }

  @Test
  void bumps_membershipEnds_endAtOnce() {
    Phone bumped = Phone.withBumps(stage.client, stage.ada);
    bumped.ready();
    assertThat(bumped.joined()).containsOnlyKeys(Stage.CHANNEL);
    workspaces.membership(WORKSPACE, Stage.CHANNEL, ADA, false);
    assertThat(bumped.next().getRemoved().getChannelId()).isEqualTo(Stage.CHANNEL);
  }

  @Test
  void view_nobodyTrustsTheGateway_waitsAndGoesOn() {
    focus();
    stage.channels.setTrusting(false);
    await().until(() -> isRefused(phone.send(Stage.CHANNEL, "probe")));
    stage.channels.post(Stage.CHANNEL, "meanwhile");
    assertThat(answer(phone.heartbeat()).hasHeartbeat()).isTrue();
    stage.channels.setTrusting(true);
    while (!phone.next().getEvent().getMessagePosted().getText().equals("meanwhile")) {
      assertThat(phone.waiting()).as("frames that came").isNotNegative();
    }
  }

  private boolean isRefused(int ref) {
    return answer(ref).hasRefusal();
  }

  /** The answer to a frame; events before it are none of "meanwhile". */
  private ServerFrame answer(int ref) {
    ServerFrame frame = phone.next();
    while (frame.getRef() != ref) {
      assertThat(frame.getEvent().getMessagePosted().getText()).isNotEqualTo("meanwhile");
      frame = phone.next();
    }
    return frame;
  }

  private void focus() {
    phone.focus(Phone.live(Stage.CHANNEL));
    assertThat(phone.next().hasFocused()).isTrue();
  }

  private StatusRuntimeException history() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + stage.ada);
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            HistoryServiceGrpc.newBlockingStub(stage.client)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .listMessages(
                    ListMessagesRequest.newBuilder().setChannelId(Stage.CHANNEL).build()));
  }

  private void awaitApplied(long seq) {
    await().until(() -> stage.channels.applied(WORKSPACE) >= seq);
  }

  private static long bit(Permission permission) {
    return permission.mask();
  }
}
