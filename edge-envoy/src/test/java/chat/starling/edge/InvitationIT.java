package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.starling.api.v1.AcceptInvitationRequest;
import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.AuditEntry;
import chat.starling.api.v1.AuditServiceGrpc;
import chat.starling.api.v1.CreateInvitationRequest;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.GetMemberRequest;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.Invitation;
import chat.starling.api.v1.InvitationServiceGrpc;
import chat.starling.api.v1.InvitationServiceGrpc.InvitationServiceBlockingStub;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.api.v1.ListInvitationsRequest;
import chat.starling.api.v1.ListInvitationsResponse;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.MemberServiceGrpc;
import chat.starling.api.v1.RevokeInvitationRequest;
import chat.starling.api.v1.RoleServiceGrpc;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.devstack.issuer.TokenIssuer;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Invitations are made, listed, accepted and revoked on real servers. */
class InvitationIT {

  private static final RunningStack STACK = RunningStack.shared();
  private static final long MANAGE_WORKSPACE = 0x2;
  private static final long CREATE_INVITATIONS = 0x10;

  private final long workspace = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
  private final Channel ada = STACK.channel(STACK.tokens().founder("ada", workspace));
  private final InvitationServiceBlockingStub owner = InvitationServiceGrpc.newBlockingStub(ada);

  @Test
  void invitation_withRoleAndOneUse_letsOneIn() {
    found();
    long role = role("guests", 1, 0);
    CreateInvitationRequest request =
        create().addRoleIds(role).setMaxUses(1).setRequestId(Probe.nonce()).build();
    Invitation made = owner.createInvitation(request).getInvitation();
    assertThat(owner.createInvitation(request).getInvitation()).isEqualTo(made);
    assertThat(made.getCode()).matches("[a-z2-7]{26}");
    assertThat(made.getExpiresAt().getSeconds() - made.getCreatedAt().getSeconds())
        .isBetween(604_799L, 604_801L);

    accept("ben", made.getCode());
    accept("ben", made.getCode());
    assertThat(member("ben").getRoleIdsList()).containsExactly(role);
    assertThat(code(() -> accept("cleo", made.getCode()))).isEqualTo(Status.Code.NOT_FOUND);
    Invitation gone = owner.createInvitation(request).getInvitation();
    assertThat(gone)
        .isEqualTo(Invitation.newBuilder().setInvitationId(made.getInvitationId()).build());

    List<AuditEntry> log = log();
    assertThat(log.getFirst().getAction()).isEqualTo(AuditAction.AUDIT_ACTION_ACCEPT_INVITATION);
    assertThat(log.getFirst().getDetailsMap())
        .containsEntry("invitation_id", Long.toString(made.getInvitationId()))
        .containsEntry("role_ids", Long.toString(role));
    assertThat(log.get(1).getAction()).isEqualTo(AuditAction.AUDIT_ACTION_CREATE_INVITATION);
    assertThat(log.toString()).doesNotContain(made.getCode());
  }

  @Test
  void list_isOfOnesOwn_andOfAllForWhoManagesTheWorkspace() {
    found();
    enter("ben");
    enter("cleo");
    give("ben", role("hosts", 5, CREATE_INVITATIONS));
    give("cleo", role("managers", 6, MANAGE_WORKSPACE));
    Invitation withRole =
        owner.createInvitation(create().addRoleIds(role("guests", 1, 0)).build()).getInvitation();
    Invitation bens = as("ben").createInvitation(create().build()).getInvitation();
    assertThat(list("ben", "", 10).getInvitationsList()).containsExactly(bens);
    ListInvitationsResponse first = list("cleo", "", 1);
    assertThat(first.getInvitationsList())
        .containsExactly(withRole.toBuilder().clearCode().build());
    ListInvitationsResponse second = list("cleo", first.getNextPageToken(), 1);
    assertThat(second.getInvitationsList()).containsExactly(bens);
    assertThat(second.getNextPageToken()).isEmpty();
    enter("dan");
    assertThat(code(() -> list("dan", "", 10))).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(code(() -> as("dan").createInvitation(create().build())))
        .isEqualTo(Status.Code.PERMISSION_DENIED);

    assertThat(code(() -> revoke("ben", withRole))).isEqualTo(Status.Code.NOT_FOUND);
    revoke("cleo", bens);
    assertThat(list("ben", "", 10).getInvitationsList()).isEmpty();
    assertThat(code(() -> accept("eve", bens.getCode()))).isEqualTo(Status.Code.NOT_FOUND);
  }

  private void found() {
    var _ =
        WorkspaceServiceGrpc.newBlockingStub(ada)
            .foundWorkspace(
                FoundWorkspaceRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("Birds")
                    .build());
  }

  private long role(String name, int position, long mask) {
    return RoleServiceGrpc.newBlockingStub(ada)
        .createRole(
            CreateRoleRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setName(name)
                .setPosition(position)
                .setPermissions(mask)
                .build())
        .getRole()
        .getRoleId();
  }

  private void give(String user, long role) {
    var _ =
        RoleServiceGrpc.newBlockingStub(ada)
            .giveRole(
                GiveRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setUserId(TokenIssuer.userId(user))
                    .setRoleId(role)
                    .build());
  }

  private void enter(String user) {
    var _ =
        WorkspaceServiceGrpc.newBlockingStub(channel(user))
            .enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
  }

  private Member member(String user) {
    return MemberServiceGrpc.newBlockingStub(ada)
        .getMember(
            GetMemberRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setUserId(TokenIssuer.userId(user))
                .build())
        .getMember();
  }

  private CreateInvitationRequest.Builder create() {
    return CreateInvitationRequest.newBuilder().setWorkspaceId(workspace);
  }

  private void accept(String user, String code) {
    var _ =
        as(user)
            .acceptInvitation(
                AcceptInvitationRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setCode(code)
                    .build());
  }

  private void revoke(String user, Invitation invitation) {
    var _ =
        as(user)
            .revokeInvitation(
                RevokeInvitationRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setInvitationId(invitation.getInvitationId())
                    .build());
  }

  private ListInvitationsResponse list(String user, String token, int size) {
    return as(user)
        .listInvitations(
            ListInvitationsRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setPageToken(token)
                .setPageSize(size)
                .build());
  }

  private InvitationServiceBlockingStub as(String user) {
    return InvitationServiceGrpc.newBlockingStub(channel(user));
  }

  private Channel channel(String user) {
    return STACK.channel(STACK.tokens().of(user, workspace));
  }

  private List<AuditEntry> log() {
    return AuditServiceGrpc.newBlockingStub(ada)
        .listAuditLog(ListAuditLogRequest.newBuilder().setWorkspaceId(workspace).build())
        .getEntriesList();
  }

  private static Status.Code code(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
  }
}
