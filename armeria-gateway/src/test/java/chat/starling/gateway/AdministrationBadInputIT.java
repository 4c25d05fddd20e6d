package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.starling.api.v1.AcceptInvitationRequest;
import chat.starling.api.v1.AddChannelMemberRequest;
import chat.starling.api.v1.AuditServiceGrpc;
import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateInvitationRequest;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.DeleteRoleRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.GetMemberRequest;
import chat.starling.api.v1.GetWorkspaceRequest;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.InvitationServiceGrpc;
import chat.starling.api.v1.KickMemberRequest;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.api.v1.ListInvitationsRequest;
import chat.starling.api.v1.ListMembersRequest;
import chat.starling.api.v1.MemberServiceGrpc;
import chat.starling.api.v1.OpenDirectChannelRequest;
import chat.starling.api.v1.OverrideServiceGrpc;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.RemoveOverrideRequest;
import chat.starling.api.v1.RenameChannelRequest;
import chat.starling.api.v1.RevokeInvitationRequest;
import chat.starling.api.v1.RoleServiceGrpc;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.TimeOutMemberRequest;
import chat.starling.api.v1.UpdateRoleRequest;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.gateway.harness.Stage;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.rpc.RefusalStatus;
import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client can do wrong when it administers, and what it is told. Ada may found nothing. */
class AdministrationBadInputIT {

  private static final ByteString SHORT = ByteString.copyFrom(new byte[15]);

  private static Stage stage;
  private static Channel ada;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.with(Map.of());
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + stage.ada);
    ada =
        ClientInterceptors.intercept(
            stage.client, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  static Stream<Arguments> badRequests() {
    return Stream.of(workspaces(), rolesAndMembers(), masksAndPages(), channels(), invitations())
        .flatMap(all -> all);
  }

  private static Stream<Arguments> workspaces() {
    return Stream.of(
        bad(
            "workspace id 0",
            Reason.REASON_OUT_OF_RANGE,
            "workspace_id",
            "0",
            to ->
                WorkspaceServiceGrpc.newBlockingStub(to)
                    .getWorkspace(GetWorkspaceRequest.getDefaultInstance())),
        bad(
            "a workspace of others",
            Reason.REASON_NOT_IN_WORKSPACE,
            "workspace_id",
            "7",
            to ->
                WorkspaceServiceGrpc.newBlockingStub(to)
                    .getWorkspace(GetWorkspaceRequest.newBuilder().setWorkspaceId(7).build())),
        bad(
            "founding without the claim",
            Reason.REASON_FOUNDER_ONLY,
            "workspace_id",
            "1",
            to ->
                WorkspaceServiceGrpc.newBlockingStub(to)
                    .foundWorkspace(
                        FoundWorkspaceRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setName("Birds")
                            .build())));
  }

  private static Stream<Arguments> invitations() {
    return Stream.of(
        bad(
            "an invitation to a workspace of others",
            Reason.REASON_NOT_IN_WORKSPACE,
            "workspace_id",
            "7",
            to ->
                InvitationServiceGrpc.newBlockingStub(to)
                    .acceptInvitation(
                        AcceptInvitationRequest.newBuilder().setWorkspaceId(7).build())),
        bad(
            "an invitation for role 0",
            Reason.REASON_OUT_OF_RANGE,
            "role_ids",
            "0",
            to ->
                InvitationServiceGrpc.newBlockingStub(to)
                    .createInvitation(
                        CreateInvitationRequest.newBuilder()
                            .setWorkspaceId(1)
                            .addRoleIds(0)
                            .build())),
        bad(
            "invitation id 0",
            Reason.REASON_OUT_OF_RANGE,
            "invitation_id",
            "0",
            to ->
                InvitationServiceGrpc.newBlockingStub(to)
                    .revokeInvitation(
                        RevokeInvitationRequest.newBuilder().setWorkspaceId(1).build())),
        bad(
            "a page of no invitations",
            Reason.REASON_PAGE_SIZE,
            "page_size",
            "0",
            to ->
                InvitationServiceGrpc.newBlockingStub(to)
                    .listInvitations(
                        ListInvitationsRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setPageSize(0)
                            .build())));
  }

  private static Stream<Arguments> rolesAndMembers() {
    return Stream.of(
        bad(
            "a request id of 15 bytes",
            Reason.REASON_NONCE_LENGTH,
            "request_id",
            "15 bytes",
            to ->
                RoleServiceGrpc.newBlockingStub(to)
                    .createRole(
                        CreateRoleRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setRequestId(SHORT)
                            .build())),
        bad(
            "a negative version",
            Reason.REASON_OUT_OF_RANGE,
            "expected_version",
            "-1",
            to ->
                RoleServiceGrpc.newBlockingStub(to)
                    .deleteRole(
                        DeleteRoleRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setRoleId(5)
                            .setExpectedVersion(-1)
                            .build())),
        bad(
            "a role id below 0",
            Reason.REASON_OUT_OF_RANGE,
            "role_id",
            "-5",
            to ->
                RoleServiceGrpc.newBlockingStub(to)
                    .giveRole(
                        GiveRoleRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setUserId(2)
                            .setRoleId(-5)
                            .build())),
        bad(
            "no user",
            Reason.REASON_OUT_OF_RANGE,
            "user_id",
            "0",
            to ->
                MemberServiceGrpc.newBlockingStub(to)
                    .kickMember(KickMemberRequest.newBuilder().setWorkspaceId(1).build())),
        bad(
            "a user of whom nothing is known",
            Reason.REASON_MEMBER_NOT_FOUND,
            "user_id",
            "99",
            to ->
                MemberServiceGrpc.newBlockingStub(to)
                    .getMember(
                        GetMemberRequest.newBuilder().setWorkspaceId(1).setUserId(99).build())),
        bad(
            "a time that is none",
            Reason.REASON_OUT_OF_RANGE,
            "until",
            "1 s -1 ns",
            to ->
                MemberServiceGrpc.newBlockingStub(to)
                    .timeOutMember(
                        TimeOutMemberRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setUserId(2)
                            .setUntil(Timestamp.newBuilder().setSeconds(1).setNanos(-1))
                            .build())));
  }

  private static Stream<Arguments> masksAndPages() {
    return Stream.of(
        bad(
            "a mask with a field that does not change",
            Reason.REASON_FIELD_MASK,
            "update_mask",
            "colour",
            to ->
                RoleServiceGrpc.newBlockingStub(to)
                    .updateRole(
                        UpdateRoleRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setRoleId(5)
                            .setUpdateMask(
                                FieldMask.newBuilder().addPaths("name").addPaths("colour"))
                            .build())),
        bad(
            "nothing to change",
            Reason.REASON_FIELD_MASK,
            "update_mask",
            "",
            to ->
                RoleServiceGrpc.newBlockingStub(to)
                    .updateRole(
                        UpdateRoleRequest.newBuilder().setWorkspaceId(1).setRoleId(5).build())),
        bad(
            "a page of none",
            Reason.REASON_PAGE_SIZE,
            "page_size",
            "0",
            to ->
                MemberServiceGrpc.newBlockingStub(to)
                    .listMembers(
                        ListMembersRequest.newBuilder().setWorkspaceId(1).setPageSize(0).build())),
        bad(
            "a page of too many",
            Reason.REASON_PAGE_SIZE,
            "page_size",
            "1001",
            to ->
                AuditServiceGrpc.newBlockingStub(to)
                    .listAuditLog(
                        ListAuditLogRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setPageSize(1001)
                            .build())),
        bad(
            "a page token that nobody gave out",
            Reason.REASON_PAGE_TOKEN,
            "page_token",
            "AAAAAAAAAAEAAAAA",
            to ->
                MemberServiceGrpc.newBlockingStub(to)
                    .listMembers(
                        ListMembersRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setPageToken("AAAAAAAAAAEAAAAA")
                            .build())),
        bad(
            "a page token that is no token",
            Reason.REASON_PAGE_TOKEN,
            "page_token",
            "a b",
            to ->
                AuditServiceGrpc.newBlockingStub(to)
                    .listAuditLog(
                        ListAuditLogRequest.newBuilder()
                            .setWorkspaceId(1)
                            .setPageToken("a b")
                            .build())));
  }

  private static Stream<Arguments> channels() {
    return Stream.of(
        bad(
            "an override for nobody",
            Reason.REASON_OUT_OF_RANGE,
            "override.target",
            "",
            to ->
                OverrideServiceGrpc.newBlockingStub(to)
                    .setOverride(
                        SetOverrideRequest.newBuilder()
                            .setChannelId(Stage.CHANNEL)
                            .setOverride(ChannelOverride.newBuilder().setAllow(1))
                            .build())),
        bad(
            "nobody's override to remove",
            Reason.REASON_OUT_OF_RANGE,
            "target",
            "",
            to ->
                OverrideServiceGrpc.newBlockingStub(to)
                    .removeOverride(
                        RemoveOverrideRequest.newBuilder().setChannelId(Stage.CHANNEL).build())),
        bad(
            "a channel that is not there",
            Reason.REASON_CHANNEL_NOT_FOUND,
            "channel_id",
            "404",
            to ->
                ChannelServiceGrpc.newBlockingStub(to)
                    .renameChannel(
                        RenameChannelRequest.newBuilder()
                            .setChannelId(404)
                            .setName("nests")
                            .build())),
        bad(
            "nobody to add",
            Reason.REASON_OUT_OF_RANGE,
            "user_id",
            "0",
            to ->
                ChannelServiceGrpc.newBlockingStub(to)
                    .addChannelMember(
                        AddChannelMemberRequest.newBuilder().setChannelId(Stage.CHANNEL).build())),
        bad(
            "a direct channel of eleven",
            Reason.REASON_TOO_MANY,
            "user_ids",
            "10",
            to ->
                ChannelServiceGrpc.newBlockingStub(to)
                    .openDirectChannel(
                        OpenDirectChannelRequest.newBuilder()
                            .setWorkspaceId(1)
                            .addAllUserIds(LongStream.rangeClosed(2, 11).boxed().toList())
                            .build())));
  }

  private static Arguments bad(
      String what, Reason reason, String field, String value, Consumer<Channel> call) {
    return Arguments.of(what, reason, field, value, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badRequests")
  void request_wrong_isRefused(
      String what, Reason reason, String field, String value, Consumer<Channel> call) {
    int before = stage.channels.administration().requests().size();
    Refusal refusal = refused(call);
    assertThat(refusal.getReason()).as(what).isEqualTo(reason);
    assertThat(refusal.getField()).isEqualTo(field);
    assertThat(refusal.getValue()).isEqualTo(value);
    assertThat(refusal.getExpected()).isNotEmpty();
    assertThat(stage.channels.administration().requests()).hasSize(before);
  }

  static Stream<Arguments> refusalsOfTheOwner() {
    return Stream.of(
        Arguments.of(Reason.REASON_NAME_INVALID, "act.create_role.name", "name"),
        Arguments.of(Reason.REASON_NONCE_REUSED, "nonce", "request_id"),
        Arguments.of(Reason.REASON_PERMISSIONS_INVALID, "permissions", "permissions"),
        Arguments.of(Reason.REASON_LIMIT_REACHED, "roles", "roles"),
        Arguments.of(Reason.REASON_NOT_A_MEMBER, "actor_id", "workspace_id"),
        Arguments.of(Reason.REASON_BANNED, "actor_id", "workspace_id"),
        Arguments.of(Reason.REASON_WORKSPACE_NOT_FOUND, "workspace_id", "workspace_id"));
  }

  @ParameterizedTest
  @MethodSource("refusalsOfTheOwner")
  void act_refusedByTheOwner_namesTheFieldOfTheRequest(Reason reason, String told, String shown) {
    stage
        .channels
        .administration()
        .refuseNext(
            Refuse.because(reason).field(told).value("x").expected("something else").build());
    Refusal refusal =
        refused(to ->
            RoleServiceGrpc.newBlockingStub(to)
                .createRole(CreateRoleRequest.newBuilder().setWorkspaceId(1).build()));
    assertThat(refusal.getReason()).isEqualTo(reason);
    assertThat(refusal.getField()).isEqualTo(shown);
    assertThat(refusal.getMessage()).startsWith(shown + ":");
  }

  private static Refusal refused(Consumer<Channel> call) {
    StatusRuntimeException fault =
        catchThrowableOfType(StatusRuntimeException.class, () -> call.accept(ada));
    return RefusalStatus.fromThrowable(fault).orElseThrow(() -> fault);
  }
}
