package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.AuditEntry;
import chat.starling.api.v1.AuditServiceGrpc;
import chat.starling.api.v1.BanMemberRequest;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.GetChannelRequest;
import chat.starling.api.v1.GetMemberRequest;
import chat.starling.api.v1.GetWorkspaceRequest;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.KickMemberRequest;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.api.v1.ListMembersRequest;
import chat.starling.api.v1.ListMembersResponse;
import chat.starling.api.v1.ListOverridesRequest;
import chat.starling.api.v1.ListRolesRequest;
import chat.starling.api.v1.LookupChannelRequest;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.MemberServiceGrpc;
import chat.starling.api.v1.MemberServiceGrpc.MemberServiceBlockingStub;
import chat.starling.api.v1.OverrideServiceGrpc;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Role;
import chat.starling.api.v1.RoleServiceGrpc;
import chat.starling.api.v1.RoleServiceGrpc.RoleServiceBlockingStub;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.UpdateRoleRequest;
import chat.starling.api.v1.Workspace;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.api.v1.WorkspaceServiceGrpc.WorkspaceServiceBlockingStub;
import chat.starling.gateway.harness.FakeAdministration;
import chat.starling.gateway.harness.Stage;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.rpc.RefusalStatus;
import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The services of workspaces, roles, members, overrides and the audit log. */
class WorkspaceApiIT {

  private static final ByteString REQUEST = ByteString.copyFromUtf8("sixteen bytes ab");

  private static Stage stage;
  private static FakeAdministration administration;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.of(3, Map.of());
    administration = stage.channels.administration();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void found_namedByTheToken_isTheOwnersWorkspace() {
    Workspace before = workspaces(1, 100).getWorkspace(workspace(100)).getWorkspace();
    assertThat(before.getName()).isEmpty();
    assertThat(before.getMyPermissions()).isEqualTo(0x3f0100);
    Workspace made = found(1, 100, "Birds");
    assertThat(made.getName()).isEqualTo("Birds");
    assertThat(made.getOwnerId()).isEqualTo(1);
    assertThat(made.getMyPermissions()).isGreaterThan(0x3f0100);
    assertThat(workspaces(2, 100).getWorkspace(workspace(100)).getWorkspace())
        .isEqualTo(made.toBuilder().setMyPermissions(0x3f0100).build());
  }

  @Test
  void act_ofTheSameRequestId_isDoneOnce() {
    found(1, 101, "Birds");
    CreateRoleRequest request =
        CreateRoleRequest.newBuilder()
            .setWorkspaceId(101)
            .setName("crows")
            .setPosition(3)
            .setPermissions(0x20)
            .setRequestId(REQUEST)
            .setReason("they asked")
            .build();
    Role first = roles(1, 101).createRole(request).getRole();
    assertThat(first.getName()).isEqualTo("crows");
    assertThat(roles(1, 101).createRole(request).getRole()).isEqualTo(first);
    assertThat(roles(1, 101).listRoles(listRoles(101)).getRolesList())
        .extracting(Role::getName)
        .containsExactly("", "crows");
    assertThat(administration.last().getReason()).isEqualTo("they asked");
    assertThat(administration.last().getNonce()).isEqualTo(REQUEST);
    assertThat(administration.last().getActorId()).isEqualTo(1);
  }

  @Test
  void act_withoutARequestId_getsOneOfItsOwn() {
    found(1, 102, "Birds");
    createRole(102, "crows");
    ByteString one = administration.last().getNonce();
    createRole(102, "gulls");
    assertThat(one.size()).isEqualTo(16);
    assertThat(administration.last().getNonce()).isNotEqualTo(one);
  }

  @Test
  void act_whoseAnswerIsLost_isDoneOnce() {
    found(1, 112, "Birds");
    administration.loseNextAnswer();
    assertThat(createRole(112, "crows").getName()).isEqualTo("crows");
    assertThat(roles(1, 112).listRoles(listRoles(112)).getRolesList()).hasSize(2);
    assertThat(administration.requests())
        .filteredOn(request -> request.getWorkspaceId() == 112 && request.getAct().hasCreateRole())
        .hasSize(2)
        .extracting(AdministerRequest::getNonce)
        .containsOnly(administration.last().getNonce());
  }

  @Test
  void act_doneButNotToBeShown_doesNotSayThatNothingWasDone() {
    found(1, 113, "Birds");
    member(113, 1, MemberState.MEMBER_STATE_LEFT);
    assertThat(reason(() -> createRole(113, "crows"))).isEqualTo(Reason.REASON_TIMEOUT);
    assertThat(administration.last().getAct().hasCreateRole()).isTrue();
  }

  @Test
  void act_ofEveryWorkspace_goesToItsOwner() {
    for (long id = 200; id < 220; id++) {
      found(1, id, "Birds");
      assertThat(administration.last().getWorkspaceId()).isEqualTo(id);
    }
  }

  @Test
  void updateRole_byMask_changesWhatItNames() {
    Act.EditRole edit =
        edited(
            UpdateRoleRequest.newBuilder()
                .setPosition(4)
                .setName("ignored")
                .setUpdateMask(
                    FieldMask.newBuilder().addPaths("position").addPaths("permissions")));
    assertThat(edit.hasName()).isFalse();
    assertThat(edit.getPosition()).isEqualTo(4);
    assertThat(edit.hasPermissions()).isTrue();
    assertThat(edit.getPermissions()).isZero();
  }

  @Test
  void updateRole_withoutAMask_changesWhatIsSet() {
    Act.EditRole edit = edited(UpdateRoleRequest.newBuilder().setName("rooks"));
    assertThat(edit.getName()).isEqualTo("rooks");
    assertThat(edit.hasPosition()).isFalse();
  }

  private static Act.EditRole edited(UpdateRoleRequest.Builder request) {
    roles(1, 1).updateRole(request.setWorkspaceId(1).setRoleId(77).setExpectedVersion(5).build());
    assertThat(administration.last().getExpectedVersion()).isEqualTo(5);
    return administration.last().getAct().getEditRole();
  }

  @Test
  void members_giveKickAndBan_areShownAsTheyAreThen() {
    member(103, 5, MemberState.MEMBER_STATE_MEMBER);
    long role = createRole(103, "crows").getRoleId();
    GiveRoleRequest give =
        GiveRoleRequest.newBuilder().setWorkspaceId(103).setUserId(5).setRoleId(role).build();
    assertThat(roles(1, 103).giveRole(give).getMember().getRoleIdsList()).containsExactly(role);
    KickMemberRequest kick =
        KickMemberRequest.newBuilder().setWorkspaceId(103).setUserId(5).build();
    assertThat(members(1, 103).kickMember(kick).getMember().getState())
        .isEqualTo(chat.starling.api.v1.MemberState.MEMBER_STATE_LEFT);
    BanMemberRequest ban = BanMemberRequest.newBuilder().setWorkspaceId(103).setUserId(5).build();
    assertThat(members(1, 103).banMember(ban).getMember().getState())
        .isEqualTo(chat.starling.api.v1.MemberState.MEMBER_STATE_BANNED);
  }

  @Test
  void getMember_whoIsNone_isFoundByHimselfAndWhoMayBan() {
    found(1, 104, "Birds");
    member(104, 5, MemberState.MEMBER_STATE_BANNED);
    GetMemberRequest five = get(104, 5);
    assertThat(members(1, 104).getMember(five).getMember().getState())
        .isEqualTo(chat.starling.api.v1.MemberState.MEMBER_STATE_BANNED);
    assertThat(reason(() -> members(2, 104).getMember(five)))
        .isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
    assertThat(reason(() -> members(2, 104).getMember(get(104, 6))))
        .isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
    assertThat(members(2, 104).getMember(get(104, 2)).getMember().getUserId()).isEqualTo(2);
  }

  @Test
  void reads_byWhoLeftOrIsBanned_areRefused() {
    member(105, 5, MemberState.MEMBER_STATE_BANNED);
    member(105, 6, MemberState.MEMBER_STATE_LEFT);
    assertThat(reason(() -> workspaces(5, 105).getWorkspace(workspace(105))))
        .isEqualTo(Reason.REASON_BANNED);
    assertThat(reason(() -> roles(6, 105).listRoles(listRoles(105))))
        .isEqualTo(Reason.REASON_NOT_A_MEMBER);
    assertThat(reason(() -> members(6, 105).listMembers(page(105, 5, ""))))
        .isEqualTo(Reason.REASON_NOT_A_MEMBER);
  }

  @Test
  void listMembers_byPages_areEachOneOnce() {
    for (long user = 1; user <= 10; user++) {
      member(106, user, MemberState.MEMBER_STATE_MEMBER);
    }
    List<Long> all = new ArrayList<>();
    String token = "";
    do {
      ListMembersResponse page = members(1, 106).listMembers(page(106, 3, token));
      page.getMembersList().stream().map(Member::getUserId).forEach(all::add);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(all).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void pageToken_ofAnotherQuery_isRefused() {
    for (long user = 1; user <= 10; user++) {
      member(107, user, MemberState.MEMBER_STATE_MEMBER);
      member(108, user, MemberState.MEMBER_STATE_MEMBER);
    }
    String token = members(1, 107).listMembers(page(107, 3, "")).getNextPageToken();
    assertThat(reason(() -> members(1, 108).listMembers(page(108, 3, token))))
        .isEqualTo(Reason.REASON_PAGE_TOKEN);
    assertThat(
            reason(() ->
                audit(1, 107)
                    .listAuditLog(
                        ListAuditLogRequest.newBuilder()
                            .setWorkspaceId(107)
                            .setPageToken(token)
                            .build())))
        .isEqualTo(Reason.REASON_PAGE_TOKEN);
  }

  @Test
  void auditLog_byPages_isNewestFirst() {
    found(1, 109, "Birds");
    long role = createRole(109, "crows").getRoleId();
    ListAuditLogRequest.Builder one =
        ListAuditLogRequest.newBuilder().setWorkspaceId(109).setPageSize(1);
    var first = audit(1, 109).listAuditLog(one.build());
    AuditEntry made = first.getEntries(0);
    assertThat(made.getAction()).isEqualTo(AuditAction.AUDIT_ACTION_CREATE_ROLE);
    assertThat(made.getRoleId()).isEqualTo(role);
    assertThat(made.getDetailsMap()).containsEntry("name", "crows").containsKey("permissions");
    var rest = audit(1, 109).listAuditLog(one.setPageToken(first.getNextPageToken()).build());
    assertThat(rest.getEntriesList())
        .extracting(AuditEntry::getAction)
        .containsExactly(AuditAction.AUDIT_ACTION_FOUND_WORKSPACE);
    assertThat(rest.getNextPageToken()).isEmpty();
  }

  @Test
  void override_setAndListed_isOfTheChannel() {
    stage.channels.directory().channel(300, 110, "plans");
    ChannelOverride override = ChannelOverride.newBuilder().setUserId(9).setDeny(1 << 18).build();
    var set =
        OverrideServiceGrpc.newBlockingStub(stage.client)
            .withInterceptors(bearer(1, 110))
            .setOverride(
                SetOverrideRequest.newBuilder().setChannelId(300).setOverride(override).build());
    assertThat(set.getOverridesList()).containsExactly(override);
    assertThat(
            OverrideServiceGrpc.newBlockingStub(stage.client)
                .withInterceptors(bearer(2, 110))
                .listOverrides(ListOverridesRequest.newBuilder().setChannelId(300).build())
                .getOverridesList())
        .containsExactly(override);
  }

  @Test
  void channel_thatIsNotSeen_isAsOneThatIsNot() {
    stage.channels.directory().channel(310, 111, "secret", 5L);
    stage.channels.directory().channel(311, 111, "denied", 5L);
    stage.channels.directory().channel(312, 7, "elsewhere", 5L);
    administration.channel(
        111,
        ChannelRow.newBuilder()
            .setChannelId(310)
            .setKind(ChannelKind.CHANNEL_KIND_PRIVATE)
            .build());
    administration.channel(
        111,
        ChannelRow.newBuilder().setChannelId(311).build(),
        OverrideRow.newBuilder().setRoleId(111).setDeny(1 << 16).build());
    Refusal missing = refused(() -> channel(2, 404));
    assertThat(missing.getReason()).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    for (long hidden : new long[] {310, 311, 312}) {
      assertThat(refused(() -> channel(2, hidden))).isEqualTo(of(missing, hidden));
    }
    assertThat(channel(5, 310).getKind())
        .isEqualTo(chat.starling.api.v1.ChannelKind.CHANNEL_KIND_PRIVATE);
    assertThat(refused(() -> lookup("denied")))
        .isEqualTo(named(refused(() -> lookup("nowhere")), "denied"));
    member(111, 5, MemberState.MEMBER_STATE_BANNED);
    assertThat(refused(() -> channel(5, 310))).isEqualTo(of(missing, 310));
    administration.refuseNext(
        Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND)
            .field("channel_id")
            .expected("another text")
            .build());
    assertThat(
            refused(() ->
                OverrideServiceGrpc.newBlockingStub(stage.client)
                    .withInterceptors(bearer(2, 111))
                    .setOverride(
                        SetOverrideRequest.newBuilder()
                            .setChannelId(310)
                            .setOverride(ChannelOverride.newBuilder().setUserId(9))
                            .build())))
        .isEqualTo(of(missing, 310));
  }

  private static Channel lookup(String name) {
    return ChannelServiceGrpc.newBlockingStub(stage.client)
        .withInterceptors(bearer(2, 111))
        .lookupChannel(LookupChannelRequest.newBuilder().setWorkspaceId(111).setName(name).build())
        .getChannel();
  }

  private static Refusal named(Refusal missing, String name) {
    return missing.toBuilder()
        .setValue(name)
        .setMessage(missing.getMessage().replace(missing.getValue(), name))
        .build();
  }

  private static Refusal of(Refusal missing, long id) {
    return missing.toBuilder()
        .setValue(Long.toString(id))
        .setMessage(missing.getMessage().replace("404", Long.toString(id)))
        .build();
  }

  private static Channel channel(long user, long id) {
    return ChannelServiceGrpc.newBlockingStub(stage.client)
        .withInterceptors(bearer(user, 111))
        .getChannel(GetChannelRequest.newBuilder().setChannelId(id).build())
        .getChannel();
  }

  private static Workspace found(long user, long id, String name) {
    return workspaces(user, id)
        .foundWorkspace(FoundWorkspaceRequest.newBuilder().setWorkspaceId(id).setName(name).build())
        .getWorkspace();
  }

  private static Role createRole(long workspace, String name) {
    return roles(1, workspace)
        .createRole(
            CreateRoleRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setName(name)
                .setPosition(1)
                .build())
        .getRole();
  }

  private static void member(long workspace, long user, MemberState state) {
    administration.member(
        workspace, MemberRow.newBuilder().setUserId(user).setState(state).build());
    stage.fleet.awaitGoneBy(workspace);
  }

  private static GetWorkspaceRequest workspace(long id) {
    return GetWorkspaceRequest.newBuilder().setWorkspaceId(id).build();
  }

  private static ListRolesRequest listRoles(long id) {
    return ListRolesRequest.newBuilder().setWorkspaceId(id).build();
  }

  private static GetMemberRequest get(long workspace, long user) {
    return GetMemberRequest.newBuilder().setWorkspaceId(workspace).setUserId(user).build();
  }

  private static ListMembersRequest page(long workspace, int size, String token) {
    return ListMembersRequest.newBuilder()
        .setWorkspaceId(workspace)
        .setPageSize(size)
        .setPageToken(token)
        .build();
  }

  private static WorkspaceServiceBlockingStub workspaces(long user, long workspace) {
    return WorkspaceServiceGrpc.newBlockingStub(stage.client)
        .withInterceptors(bearer(user, workspace));
  }

  private static RoleServiceBlockingStub roles(long user, long workspace) {
    return RoleServiceGrpc.newBlockingStub(stage.client).withInterceptors(bearer(user, workspace));
  }

  private static MemberServiceBlockingStub members(long user, long workspace) {
    return MemberServiceGrpc.newBlockingStub(stage.client)
        .withInterceptors(bearer(user, workspace));
  }

  private static AuditServiceGrpc.AuditServiceBlockingStub audit(long user, long workspace) {
    return AuditServiceGrpc.newBlockingStub(stage.client).withInterceptors(bearer(user, workspace));
  }

  private static Reason reason(ThrowingCallable call) {
    return refused(call).getReason();
  }

  private static Refusal refused(ThrowingCallable call) {
    StatusRuntimeException fault = catchThrowableOfType(StatusRuntimeException.class, call);
    return RefusalStatus.fromThrowable(fault).orElseThrow(() -> fault);
  }

  private static ClientInterceptor bearer(long user, long workspace) {
    String token =
        stage.issuer.token(claims ->
            claims
                .subject(Long.toString(user))
                .claim("workspaces", List.of(workspace))
                .claim("founder", List.of(workspace)));
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }
}
