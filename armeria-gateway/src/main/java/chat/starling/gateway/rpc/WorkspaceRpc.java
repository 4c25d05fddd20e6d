package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.EnterWorkspaceResponse;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceResponse;
import chat.starling.api.v1.GetWorkspaceRequest;
import chat.starling.api.v1.GetWorkspaceResponse;
import chat.starling.api.v1.LeaveWorkspaceRequest;
import chat.starling.api.v1.LeaveWorkspaceResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.TransferOwnershipRequest;
import chat.starling.api.v1.TransferOwnershipResponse;
import chat.starling.api.v1.Workspace;
import chat.starling.api.v1.WorkspaceServiceGrpc.WorkspaceServiceImplBase;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.Entrance;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.SeenWorkspace;
import chat.starling.gateway.administration.Terms;
import chat.starling.gateway.signin.Identity;
import chat.starling.platform.refusal.Refuse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Workspaces that a caller's token admits to. */
final class WorkspaceRpc extends WorkspaceServiceImplBase {

  private final Caller caller;
  private final Acts acts;
  private final Insiders insiders;
  private final Entrance entrance;

  WorkspaceRpc(Caller caller, Acts acts, Insiders insiders, Entrance entrance) {
    this.caller = caller;
    this.acts = acts;
    this.insiders = insiders;
    this.entrance = entrance;
  }

  @Override
  public void getWorkspace(
      GetWorkspaceRequest request, StreamObserver<GetWorkspaceResponse> answer) {
    caller.serve(
        answer,
        who ->
            shown(who, Requests.workspace(who, request.getWorkspaceId()))
                .thenApply(seen -> GetWorkspaceResponse.newBuilder().setWorkspace(seen).build()));
  }

  @Override
  public void foundWorkspace(
      FoundWorkspaceRequest request, StreamObserver<FoundWorkspaceResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long id = founded(who, Requests.workspace(who, request.getWorkspaceId()));
          Act.Builder act = Act.newBuilder();
          act.getFoundBuilder().setName(request.getName());
          return change(who, id, act, terms)
              .thenApply(seen -> FoundWorkspaceResponse.newBuilder().setWorkspace(seen).build());
        });
  }

  @Override
  public void enterWorkspace(
      EnterWorkspaceRequest request, StreamObserver<EnterWorkspaceResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long id = Requests.workspace(who, request.getWorkspaceId());
          Act.Builder act = Act.newBuilder().setEnter(Act.Enter.getDefaultInstance());
          return entrance
              .comeIn(who, id, act, terms)
              .thenApply(seen -> EnterWorkspaceResponse.newBuilder().setWorkspace(seen).build());
        });
  }

  @Override
  public void leaveWorkspace(
      LeaveWorkspaceRequest request, StreamObserver<LeaveWorkspaceResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) ->
            acts.run(
                who,
                Requests.workspace(who, request.getWorkspaceId()),
                Act.newBuilder().setLeave(Act.Leave.getDefaultInstance()),
                terms,
                done ->
                    CompletableFuture.completedFuture(
                        LeaveWorkspaceResponse.getDefaultInstance())));
  }

  @Override
  public void transferOwnership(
      TransferOwnershipRequest request, StreamObserver<TransferOwnershipResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long id = Requests.workspace(who, request.getWorkspaceId());
          Act.Builder act = Act.newBuilder();
          act.getTransferOwnershipBuilder().setUserId(Requests.id("user_id", request.getUserId()));
          return change(who, id, act, terms)
              .thenApply(seen -> TransferOwnershipResponse.newBuilder().setWorkspace(seen).build());
        });
  }

  private CompletableFuture<Workspace> change(
      Identity who, long workspaceId, Act.Builder act, Terms terms) {
    return acts.run(who, workspaceId, act, terms, done -> shown(who, workspaceId));
  }

  private CompletableFuture<Workspace> shown(Identity who, long workspaceId) {
    return insiders.workspace(who, workspaceId).thenApply(SeenWorkspace::shown);
  }

  private static long founded(Identity who, long workspaceId) {
    if (!who.mayFound(workspaceId)) {
      throw Refuse.because(Reason.REASON_FOUNDER_ONLY)
          .field("workspace_id")
          .value(workspaceId)
          .expected("a workspace that the token's claim founder names")
          .toException();
    }
    return workspaceId;
  }
}
