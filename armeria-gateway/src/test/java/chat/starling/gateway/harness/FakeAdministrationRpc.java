package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.AdministrationServiceGrpc.AdministrationServiceImplBase;
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
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/**
 * One server's part of {@link FakeAdministration}.
 *
 * @param notOwner the refusal for a workspace that the server does not own
 * @param goneBy does something once the gateway goes by what has happened in a workspace
 */
record FakeAdministrationRpc(
    FakeAdministration administration,
    LongFunction<Optional<Refusal>> notOwner,
    BiConsumer<Long, Runnable> goneBy) {

  AdministrationServiceImplBase service() {
    return new Service();
  }

  private final class Service extends AdministrationServiceImplBase {

    @Override
    public void administer(AdministerRequest request, StreamObserver<AdministerResponse> answer) {
      Optional<Refusal> refused =
          notOwner.apply(request.getWorkspaceId()).or(administration::refusal);
      if (refused.isPresent()) {
        answer.onError(RefusalStatus.toException(refused.get()));
      } else {
        done(request, answer);
      }
    }

    private void done(AdministerRequest request, StreamObserver<AdministerResponse> answer) {
      try {
        AdministerResponse done = administration.administer(request);
        if (administration.losesAnswer()) {
          answer.onError(Status.UNAVAILABLE.asRuntimeException());
        } else {
          goneBy.accept(request.getWorkspaceId(), () -> FakeChannelServer.answer(answer, done));
        }
      } catch (RefusedException e) {
        answer.onError(RefusalStatus.toException(e.refusal()));
      }
    }

    @Override
    public void getWorkspaceRules(
        GetWorkspaceRulesRequest request, StreamObserver<GetWorkspaceRulesResponse> answer) {
      administration.workspaces().getWorkspaceRules(request, answer);
    }

    @Override
    public void getMember(GetMemberRequest request, StreamObserver<GetMemberResponse> answer) {
      administration.workspaces().getMember(request, answer);
    }

    @Override
    public void listMembers(
        ListMembersRequest request, StreamObserver<ListMembersResponse> answer) {
      List<MemberRow> rest =
          administration.workspaces().members(request.getWorkspaceId()).stream()
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
          administration.events(request.getWorkspaceId()).reversed().stream()
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
