package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.AdministrationServiceGrpc;
import chat.starling.api.internal.v1.GetChannelRulesRequest;
import chat.starling.api.internal.v1.GetChannelRulesResponse;
import chat.starling.api.internal.v1.GetMemberRequest;
import chat.starling.api.internal.v1.GetMemberResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.ListAuditLogRequest;
import chat.starling.api.internal.v1.ListAuditLogResponse;
import chat.starling.api.internal.v1.ListInvitationsRequest;
import chat.starling.api.internal.v1.ListInvitationsResponse;
import chat.starling.api.internal.v1.ListMembersRequest;
import chat.starling.api.internal.v1.ListMembersResponse;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.channel.workspace.ChannelState;
import chat.starling.channel.workspace.Workspace;
import chat.starling.channel.workspace.Workspaces;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** AdministrationService: hands acts to the owner of the workspace's feed, reads from the rows. */
public final class AdministrationRpc
    extends AdministrationServiceGrpc.AdministrationServiceImplBase {

  private static final String TRACEPARENT = "traceparent";

  private final FeedOwner owner;
  private final Workspaces workspaces;

  /** The service of these workspaces. */
  public AdministrationRpc(FeedOwner owner, Workspaces workspaces) {
    this.owner = owner;
    this.workspaces = workspaces;
  }

  @Override
  public void administer(AdministerRequest request, StreamObserver<AdministerResponse> call) {
    String traceparent = ServiceRequestContext.current().request().headers().get(TRACEPARENT, "");
    Answers.answer(call, () -> owner.administer(checked(request), traceparent));
  }

  private static AdministerRequest checked(AdministerRequest request) {
    Checks.id("workspace_id", request.getWorkspaceId());
    Checks.id("actor_id", request.getActorId());
    Checks.nonce(request.getNonce());
    Checks.notNegative("expected_version", request.getExpectedVersion());
    Checks.reason(request.getReason());
    return request;
  }

  @Override
  public void getWorkspaceRules(
      GetWorkspaceRulesRequest request, StreamObserver<GetWorkspaceRulesResponse> call) {
    Answers.answer(
        call,
        () ->
            workspaces
                .workspace(Checks.id("workspace_id", request.getWorkspaceId()))
                .thenApply(AdministrationRpc::response));
  }

  @Override
  public void getChannelRules(
      GetChannelRulesRequest request, StreamObserver<GetChannelRulesResponse> call) {
    Answers.answer(
        call,
        () ->
            workspaces
                .channel(Checks.id("channel_id", request.getChannelId()))
                .thenApply(AdministrationRpc::response));
  }

  @Override
  public void getMember(GetMemberRequest request, StreamObserver<GetMemberResponse> call) {
    Answers.answer(
        call,
        () ->
            workspaces
                .member(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    Checks.id("user_id", request.getUserId()))
                .thenApply(member -> GetMemberResponse.newBuilder().setMember(member).build()));
  }

  @Override
  public void listMembers(ListMembersRequest request, StreamObserver<ListMembersResponse> call) {
    Answers.answer(
        call,
        () ->
            workspaces
                .members(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    Checks.notNegative("after_user_id", request.getAfterUserId()),
                    Checks.pageSize("limit", request.getLimit()))
                .thenApply(page ->
                    ListMembersResponse.newBuilder()
                        .addAllMembers(page.members())
                        .setNextAfterUserId(page.next())
                        .build()));
  }

  @Override
  public void listInvitations(
      ListInvitationsRequest request, StreamObserver<ListInvitationsResponse> call) {
    Answers.answer(
        call,
        () ->
            workspaces
                .invitations(Checks.id("workspace_id", request.getWorkspaceId()))
                .thenApply(found ->
                    ListInvitationsResponse.newBuilder().addAllInvitations(found).build()));
  }

  @Override
  public void listAuditLog(ListAuditLogRequest request, StreamObserver<ListAuditLogResponse> call) {
    Answers.answer(
        call,
        () -> {
          int limit = Checks.pageSize("limit", request.getLimit());
          return workspaces
              .audit(
                  Checks.id("workspace_id", request.getWorkspaceId()),
                  Checks.id("actor_id", request.getActorId()),
                  Checks.notNegative("before_event_id", request.getBeforeEventId()),
                  limit)
              .thenApply(entries -> response(entries, limit));
        });
  }

  private static GetWorkspaceRulesResponse response(Workspace workspace) {
    GetWorkspaceRulesResponse.Builder response =
        GetWorkspaceRulesResponse.newBuilder()
            .addAllRoles(workspace.roles())
            .setFilters(workspace.filters())
            .setVersion(workspace.version());
    if (workspace.isFounded()) {
      response.setWorkspace(workspace.row());
    }
    return response.build();
  }

  private static GetChannelRulesResponse response(ChannelState channel) {
    return GetChannelRulesResponse.newBuilder()
        .setWorkspaceId(channel.workspaceId())
        .setChannel(channel.row())
        .addAllOverrides(channel.overrides())
        .setVersion(channel.version())
        .build();
  }

  private static ListAuditLogResponse response(List<WorkspaceEvent> entries, int limit) {
    return ListAuditLogResponse.newBuilder()
        .addAllEntries(entries.subList(0, Math.min(limit, entries.size())))
        .setMore(entries.size() > limit)
        .build();
  }
}
