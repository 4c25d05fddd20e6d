package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.v1.DeleteMessageRequest;
import chat.starling.api.v1.Filters;
import chat.starling.api.v1.GetFiltersRequest;
import chat.starling.api.v1.ModerationServiceGrpc;
import chat.starling.api.v1.ModerationServiceGrpc.ModerationServiceBlockingStub;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.SetFiltersRequest;
import chat.starling.gateway.harness.FakeWorkspaces;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import chat.starling.platform.permission.Permission;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gateway makes of permissions in sends and deletions. */
class ModerationIT {

  private static final long WORKSPACE = 1;

  private Stage stage;
  private FakeWorkspaces workspaces;
  private Phone phone;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.with(Map.of());
    workspaces = stage.channels.workspaces();
    phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void mentionOfEveryone_isOneWithTheRightOnly() {
    assertThat(append("hello @here <@7>").getMentions().getEveryone()).isFalse();
    allow(Permission.MENTION_EVERYONE);
    AppendRequest append = append("hello @here <@7>");
    assertThat(append.getMentions().getEveryone()).isTrue();
    assertThat(append.getMentions().getUserIdsList()).containsExactly(7L);
    assertThat(append.getMentionSeconds()).isEqualTo(60);
    assertThat(append("hello").hasMentions()).isFalse();
  }

  @Test
  void slowMode_goesWithTheSend_exceptForWhoNeedNotWait() {
    assertThat(append("one").getSlowModeSeconds()).isZero();
    awaitApplied(workspaces.slowMode(WORKSPACE, Stage.CHANNEL, 30));
    assertThat(append("two").getSlowModeSeconds()).isEqualTo(30);
    allow(Permission.BYPASS_SLOW_MODE);
    assertThat(append("three").getSlowModeSeconds()).isZero();
  }

  @Test
  void filteredText_isRefusedBeforeItIsSent_exceptOfWhoManagesMessages() {
    append("crow");
    awaitApplied(workspaces.filters(WORKSPACE, "crow"));
    int sent = stage.channels.appends().size();
    Refusal refusal = phone.refusal(phone.send(Stage.CHANNEL, "a Crow!"));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_FILTERED);
    assertThat(refusal.getField()).isEqualTo("send.text");
    assertThat(stage.channels.appends()).hasSize(sent);
    append("crows");
    allow(Permission.MANAGE_MESSAGES);
    append("crow");
  }

  @Test
  void filters_areSetAsOneAct_andShownToWhoManagesTheWorkspace() {
    var wrong = Filters.newBuilder().addPatterns("(").build();
    assertThat(refused(() -> setFilters(wrong))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    var large = Filters.newBuilder().addPatterns("((x{30}){30}){9}").build();
    assertThat(refused(() -> setFilters(large))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    var phrase = Filters.newBuilder().addWords("two words").build();
    assertThat(refused(() -> setFilters(phrase))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused(() -> stub().getFilters(ofWorkspace())))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    awaitApplied(workspaces.filters(WORKSPACE, "crow"));
    awaitApplied(
        workspaces.everyone(
            WORKSPACE, FakeWorkspaces.EVERYONE | Permission.MANAGE_WORKSPACE.mask()));
    assertThat(stub().getFilters(ofWorkspace()).getFilters())
        .isEqualTo(Filters.newBuilder().addWords("crow").build());
  }

  private void setFilters(Filters filters) {
    var _ =
        stub()
            .setFilters(
                SetFiltersRequest.newBuilder()
                    .setWorkspaceId(WORKSPACE)
                    .setFilters(filters)
                    .build());
  }

  private static GetFiltersRequest ofWorkspace() {
    return GetFiltersRequest.newBuilder().setWorkspaceId(WORKSPACE).build();
  }

  private static Status.Code refused(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
  }

  @Test
  void deletion_saysWhetherOthersMessagesMayGo() {
    append("to know the channel");
    assertThat(delete()).isEqualTo(1);
    assertThat(stage.channels.deletions().getLast().getOthers()).isFalse();
    allow(Permission.MANAGE_MESSAGES);
    assertThat(delete()).isEqualTo(2);
    assertThat(stage.channels.deletions().getLast().getOthers()).isTrue();
    awaitApplied(
        workspaces.everyone(WORKSPACE, FakeWorkspaces.EVERYONE & ~Permission.SEND_MESSAGES.mask()));
    var refused = catchThrowableOfType(StatusRuntimeException.class, this::delete);
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(stage.channels.deletions()).hasSize(2);
  }

  private ModerationServiceBlockingStub stub() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + stage.ada);
    return ModerationServiceGrpc.newBlockingStub(stage.client)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private long delete() {
    return stub()
        .deleteMessage(
            DeleteMessageRequest.newBuilder().setChannelId(Stage.CHANNEL).setMessageId(5).build())
        .getSeq();
  }

  /** What became of a send. */
  private AppendRequest append(String text) {
    int ref = phone.send(Stage.CHANNEL, text);
    assertThat(phone.next().getRef()).isEqualTo(ref);
    return stage.channels.appends().getLast();
  }

  private void allow(Permission permission) {
    awaitApplied(workspaces.everyone(WORKSPACE, FakeWorkspaces.EVERYONE | permission.mask()));
  }

  private void awaitApplied(long seq) {
    await().until(() -> stage.channels.applied(WORKSPACE) >= seq);
  }
}
