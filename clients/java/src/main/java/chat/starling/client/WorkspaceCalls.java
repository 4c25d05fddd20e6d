package chat.starling.client;

import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.EnterWorkspaceResponse;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceResponse;
import chat.starling.api.v1.GetWorkspaceRequest;
import chat.starling.api.v1.GetWorkspaceResponse;
import chat.starling.api.v1.LeaveWorkspaceRequest;
import chat.starling.api.v1.TransferOwnershipRequest;
import chat.starling.api.v1.TransferOwnershipResponse;
import chat.starling.api.v1.Workspace;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import java.util.concurrent.CompletableFuture;

/**
 * Workspaces, their owners and what was done in them. Every future fails with {@link
 * RefusedException} only, and completes on the client's thread: what is chained to it must not
 * block.
 *
 * <p>Each change has a request id of its own, so that repeating its call is safe.
 */
public final class WorkspaceCalls {
  private final UnaryCalls calls;

  WorkspaceCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /** The workspace, with what the caller may do there. */
  public CompletableFuture<Workspace> get(long workspaceId) {
    GetWorkspaceRequest request =
        GetWorkspaceRequest.newBuilder().setWorkspaceId(workspaceId).build();
    return calls.call(
        WorkspaceServiceGrpc.getGetWorkspaceMethod(), request, GetWorkspaceResponse::getWorkspace);
  }

  /** Makes the caller the owner. Refused with FOUNDER_ONLY unless the token says that he may. */
  public CompletableFuture<Workspace> found(long workspaceId, String name) {
    FoundWorkspaceRequest request =
        FoundWorkspaceRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setName(name)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        WorkspaceServiceGrpc.getFoundWorkspaceMethod(),
        request,
        FoundWorkspaceResponse::getWorkspace);
  }

  /** Makes the caller a member. */
  public CompletableFuture<Workspace> enter(long workspaceId) {
    EnterWorkspaceRequest request =
        EnterWorkspaceRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        WorkspaceServiceGrpc.getEnterWorkspaceMethod(),
        request,
        EnterWorkspaceResponse::getWorkspace);
  }

  /** Ends the caller's membership. */
  public CompletableFuture<Void> leave(long workspaceId) {
    LeaveWorkspaceRequest request =
        LeaveWorkspaceRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setRequestId(Nonces.next())
            .build();
    return calls.done(WorkspaceServiceGrpc.getLeaveWorkspaceMethod(), request);
  }

  /** Makes a member the owner in the caller's place. */
  public CompletableFuture<Workspace> transferOwnership(
      long workspaceId, long userId, String reason) {
    TransferOwnershipRequest request =
        TransferOwnershipRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        WorkspaceServiceGrpc.getTransferOwnershipMethod(),
        request,
        TransferOwnershipResponse::getWorkspace);
  }
}
