package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.AcceptInvitationRequest;
import chat.starling.api.v1.AcceptInvitationResponse;
import chat.starling.api.v1.CreateInvitationRequest;
import chat.starling.api.v1.CreateInvitationResponse;
import chat.starling.api.v1.Invitation;
import chat.starling.api.v1.InvitationServiceGrpc.InvitationServiceImplBase;
import chat.starling.api.v1.ListInvitationsRequest;
import chat.starling.api.v1.ListInvitationsResponse;
import chat.starling.api.v1.RevokeInvitationRequest;
import chat.starling.api.v1.RevokeInvitationResponse;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.Entrance;
import chat.starling.gateway.administration.Invitations;
import chat.starling.gateway.administration.PageCursor;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Invitations to workspaces that a caller's token admits to. */
final class InvitationRpc extends InvitationServiceImplBase {

  private static final int DEFAULT_PAGE = 100;
  private static final int DEFAULT_SECONDS = Math.toIntExact(Duration.ofDays(7).toSeconds());

  private final Caller caller;
  private final Acts acts;
  private final Entrance entrance;
  private final Invitations invitations;

  InvitationRpc(Caller caller, Acts acts, Entrance entrance, Invitations invitations) {
    this.caller = caller;
    this.acts = acts;
    this.entrance = entrance;
    this.invitations = invitations;
  }

  @Override
  public void createInvitation(
      CreateInvitationRequest request, StreamObserver<CreateInvitationResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          request.getRoleIdsList().forEach(role -> Requests.id("role_ids", role));
          Act.Builder act = Act.newBuilder();
          act.getCreateInvitationBuilder()
              .addAllRoleIds(request.getRoleIdsList())
              .setMaxUses(request.getMaxUses())
              .setExpiresAfterSeconds(
                  request.hasExpiresAfterSeconds()
                      ? request.getExpiresAfterSeconds()
                      : DEFAULT_SECONDS);
          return acts.run(
                  who,
                  workspace,
                  act,
                  terms,
                  done -> invitations.made(who, workspace, done.getMadeId()))
              .thenApply(made -> CreateInvitationResponse.newBuilder().setInvitation(made).build());
        });
  }

  @Override
  public void listInvitations(
      ListInvitationsRequest request, StreamObserver<ListInvitationsResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          PageCursor cursor = new PageCursor("ListInvitations", workspace);
          int size = Requests.pageSize(request.hasPageSize(), request.getPageSize(), DEFAULT_PAGE);
          long after = cursor.read(request.getPageToken());
          return invitations.list(who, workspace).thenApply(all -> page(all, after, size, cursor));
        });
  }

  private static ListInvitationsResponse page(
      List<Invitation> all, long after, int size, PageCursor cursor) {
    List<Invitation> rest =
        all.stream().filter(one -> one.getInvitationId() > after).limit(size + 1L).toList();
    List<Invitation> page = rest.subList(0, Math.min(size, rest.size()));
    return ListInvitationsResponse.newBuilder()
        .addAllInvitations(page)
        .setNextPageToken(cursor.write(rest.size() > size ? page.getLast().getInvitationId() : 0))
        .build();
  }

  @Override
  public void revokeInvitation(
      RevokeInvitationRequest request, StreamObserver<RevokeInvitationResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          Act.Builder act = Act.newBuilder();
          act.getRevokeInvitationBuilder()
              .setInvitationId(Requests.id("invitation_id", request.getInvitationId()));
          return acts.run(
              who,
              Requests.workspace(who, request.getWorkspaceId()),
              act,
              terms,
              done ->
                  CompletableFuture.completedFuture(RevokeInvitationResponse.getDefaultInstance()));
        });
  }

  @Override
  public void acceptInvitation(
      AcceptInvitationRequest request, StreamObserver<AcceptInvitationResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          Act.Builder act = Act.newBuilder();
          act.getAcceptInvitationBuilder().setCode(request.getCode());
          return entrance
              .comeIn(who, workspace, act, terms)
              .thenApply(seen -> AcceptInvitationResponse.newBuilder().setWorkspace(seen).build());
        });
  }
}
