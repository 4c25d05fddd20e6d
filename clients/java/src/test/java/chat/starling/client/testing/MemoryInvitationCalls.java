package chat.starling.client.testing;

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
import chat.starling.api.v1.Workspace;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Invitations of a {@link MemoryServer}, numbered from 701, whose codes are {@code code-701}. */
final class MemoryInvitationCalls extends InvitationServiceImplBase {
  private final Map<Long, Invitation> invitations = new TreeMap<>();
  private long last = 700;

  @Override
  public synchronized void createInvitation(
      CreateInvitationRequest request, StreamObserver<CreateInvitationResponse> out) {
    long id = ++last;
    Invitation made =
        Invitation.newBuilder()
            .setInvitationId(id)
            .setCode("code-" + id)
            .addAllRoleIds(request.getRoleIdsList())
            .setMaxUses(request.getMaxUses())
            .setExpiresAt(Timestamp.newBuilder().setSeconds(request.getExpiresAfterSeconds()))
            .setCreatedBy(7)
            .build();
    invitations.put(id, made);
    MemoryMemberCalls.answer(
        out, CreateInvitationResponse.newBuilder().setInvitation(made).build());
  }

  @Override
  public synchronized void listInvitations(
      ListInvitationsRequest request, StreamObserver<ListInvitationsResponse> out) {
    MemoryMemberCalls.answer(
        out, ListInvitationsResponse.newBuilder().addAllInvitations(invitations.values()).build());
  }

  @Override
  public synchronized void revokeInvitation(
      RevokeInvitationRequest request, StreamObserver<RevokeInvitationResponse> out) {
    if (invitations.remove(request.getInvitationId()) == null) {
      out.onError(notFound("invitation_id"));
    } else {
      MemoryMemberCalls.answer(out, RevokeInvitationResponse.getDefaultInstance());
    }
  }

  @Override
  public synchronized void acceptInvitation(
      AcceptInvitationRequest request, StreamObserver<AcceptInvitationResponse> out) {
    Optional<Invitation> found =
        invitations.values().stream()
            .filter(one -> one.getCode().equals(request.getCode()))
            .findFirst();
    if (found.isEmpty()) {
      out.onError(notFound("code"));
    } else {
      MemoryMemberCalls.answer(
          out,
          AcceptInvitationResponse.newBuilder()
              .setWorkspace(
                  Workspace.newBuilder()
                      .setWorkspaceId(request.getWorkspaceId())
                      .setName("Birds")
                      .setOwnerId(7))
              .build());
    }
  }

  private static StatusRuntimeException notFound(String field) {
    return Refuse.with(
        Status.Code.NOT_FOUND, "INVITATION_NOT_FOUND", field, "", "one that can be accepted");
  }
}
