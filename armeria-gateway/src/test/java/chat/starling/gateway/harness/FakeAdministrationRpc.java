package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.AdministrationServiceGrpc.AdministrationServiceImplBase;
import chat.starling.api.internal.v1.GetChannelRulesRequest;
import chat.starling.api.internal.v1.GetChannelRulesResponse;
import chat.starling.api.internal.v1.GetMemberRequest;
import chat.starling.api.internal.v1.GetMemberResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.ListAuditLogRequest;
import chat.starling.api.internal.v1.ListAuditLogResponse;
import chat.starling.api.internal.v1.ListMembersRequest;
import chat.starling.api.internal.v1.ListMembersResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * One server's part of {@link FakeAdministration}.
 *
 * @param notOwner the refusal for a workspace that the server does not own
 */
record FakeAdministrationRpc(
    FakeAdministration workspaces,
    FakeDirectory directory,
    LongFunction<Optional<Refusal>> notOwner) {

  AdministrationServiceImplBase service() {
    return new Service();
  }

  private final class Service extends AdministrationServiceImplBase {

    @Override
    public void administer(AdministerRequest request, StreamObserver<AdministerResponse> answer) {
      Optional<Refusal> refused = notOwner.apply(request.getWorkspaceId()).or(workspaces::refusal);
      if (refused.isPresent()) {
        answer.onError(RefusalStatus.toException(refused.get()));
      } else {
        done(request, answer);
      }
    }

    private void done(AdministerRequest request, StreamObserver<AdministerResponse> answer) {
      try {
        AdministerResponse done = workspaces.administer(request);
        if (workspaces.losesAnswer()) {
          answer.onError(Status.UNAVAILABLE.asRuntimeException());
        } else {
          FakeChannelServer.answer(answer, done);
        }
      } catch (RefusedException e) {
        answer.onError(RefusalStatus.toException(e.refusal()));
      }
    }

    @Override
    public void getWorkspaceRules(
        GetWorkspaceRulesRequest request, StreamObserver<GetWorkspaceRulesResponse> answer) {
      FakeChannelServer.answer(answer, workspaces.rules(request.getWorkspaceId()));
    }

    @Override
    public void getChannelRules(
        GetChannelRulesRequest request, StreamObserver<GetChannelRulesResponse> answer) {
      long workspace = directory.workspaceOf(request.getChannelId());
      if (workspace == 0) {
        answer.onError(
            RefusalStatus.toException(
                Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND).field("channel_id").build()));
      } else {
        FakeChannelServer.answer(answer, workspaces.channel(workspace, request.getChannelId()));
      }
    }

    @Override
    public void getMember(GetMemberRequest request, StreamObserver<GetMemberResponse> answer) {
      FakeChannelServer.answer(
          answer,
          GetMemberResponse.newBuilder()
              .setMember(workspaces.member(request.getWorkspaceId(), request.getUserId()))
              .build());
    }

    @Override
    public void listMembers(
        ListMembersRequest request, StreamObserver<ListMembersResponse> answer) {
      List<MemberRow> rest =
          workspaces.members(request.getWorkspaceId()).stream()
              .filter(row -> row.getUserId() > request.getAfterUserId())
              .toList();
      List<MemberRow> page = rest.subList(0, Math.min(rest.size(), request.getLimit()));
      FakeChannelServer.answer(
          answer,
          ListMembersResponse.newBuilder()
              .addAllMembers(page)
              .setNextAfterUserId(page.size() < rest.size() ? page.getLast().getUserId() : 0)
              .build());
    }

    @Override
    public void listAuditLog(
        ListAuditLogRequest request, StreamObserver<ListAuditLogResponse> answer) {
      List<WorkspaceEvent> rest =
          workspaces.events(request.getWorkspaceId()).reversed().stream()
              .filter(event ->
                  request.getBeforeEventId() == 0
                      || event.getEventId() < request.getBeforeEventId())
              .toList();
      FakeChannelServer.answer(
          answer,
          ListAuditLogResponse.newBuilder()
              .addAllEntries(rest.subList(0, Math.min(rest.size(), request.getLimit())))
              .setMore(rest.size() > request.getLimit())
              .build());
    }
  }
}
