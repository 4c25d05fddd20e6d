package chat.starling.client;

import chat.starling.api.v1.AcceptInvitationRequest;
import chat.starling.api.v1.AcceptInvitationResponse;
import chat.starling.api.v1.CreateInvitationRequest;
import chat.starling.api.v1.CreateInvitationResponse;
import chat.starling.api.v1.Invitation;
import chat.starling.api.v1.InvitationServiceGrpc;
import chat.starling.api.v1.ListInvitationsRequest;
import chat.starling.api.v1.ListInvitationsResponse;
import chat.starling.api.v1.RevokeInvitationRequest;
import chat.starling.api.v1.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Makes, lists, revokes and accepts invitations. Every future fails with {@link RefusedException}
 * only, and completes on the client's thread: what is chained to it must not block.
 *
 * <p>Each change has a request id of its own, so that repeating its call is safe.
 */
public final class InvitationCalls {
  private final UnaryCalls calls;

  InvitationCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /**
   * Makes an invitation.
   *
   * @param roleIds what whoever accepts it gets; at most 10
   * @param maxUses 1 to 1,000; 0 for any number
   * @param expiresAfter one minute to 30 days
   */
  public CompletableFuture<Invitation> create(
      long workspaceId, List<Long> roleIds, int maxUses, Duration expiresAfter) {
    CreateInvitationRequest request =
        CreateInvitationRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .addAllRoleIds(roleIds)
            .setMaxUses(maxUses)
            .setExpiresAfterSeconds(seconds(expiresAfter))
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        InvitationServiceGrpc.getCreateInvitationMethod(),
        request,
        CreateInvitationResponse::getInvitation);
  }

  /** What is too long for the server is too long for an int. */
  private static int seconds(Duration duration) {
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, duration.toSeconds()));
  }

  /** One page, oldest first; {@code pageToken} is empty for the first. */
  public CompletableFuture<ListInvitationsResponse> list(long workspaceId, String pageToken) {
    ListInvitationsRequest request =
        ListInvitationsRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setPageToken(pageToken)
            .build();
    return calls.call(InvitationServiceGrpc.getListInvitationsMethod(), request);
  }

  /** Ends an invitation. The reason is for the audit log. */
  public CompletableFuture<Void> revoke(long workspaceId, long invitationId, String reason) {
    RevokeInvitationRequest request =
        RevokeInvitationRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setInvitationId(invitationId)
            .setRequestId(Nonces.next())
            .setReason(reason)
            .build();
    return calls
        .call(InvitationServiceGrpc.getRevokeInvitationMethod(), request)
        .thenAccept(revoked -> {});
  }

  /** Makes the caller a member by a code. */
  public CompletableFuture<Workspace> accept(long workspaceId, String code) {
    AcceptInvitationRequest request =
        AcceptInvitationRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setCode(code)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        InvitationServiceGrpc.getAcceptInvitationMethod(),
        request,
        AcceptInvitationResponse::getWorkspace);
  }
}
