package chat.starling.client.testing;

import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.BanMemberRequest;
import chat.starling.api.v1.BanMemberResponse;
import chat.starling.api.v1.KickMemberRequest;
import chat.starling.api.v1.KickMemberResponse;
import chat.starling.api.v1.ListMembersRequest;
import chat.starling.api.v1.ListMembersResponse;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.MemberServiceGrpc.MemberServiceImplBase;
import chat.starling.api.v1.MemberState;
import chat.starling.api.v1.TimeOutMemberRequest;
import chat.starling.api.v1.TimeOutMemberResponse;
import chat.starling.api.v1.UpdateNicknameRequest;
import chat.starling.api.v1.UpdateNicknameResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** The member rpcs of a {@link MemoryServer}. */
final class MemoryMemberCalls extends MemberServiceImplBase {
  private final MemoryWorkspace workspace;

  MemoryMemberCalls(MemoryWorkspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void listMembers(ListMembersRequest request, StreamObserver<ListMembersResponse> out) {
    ListMembersResponse.Builder page = ListMembersResponse.newBuilder();
    if (request.getPageToken().isEmpty()) {
      page.setNextPageToken("rest");
    } else {
      page.addAllMembers(workspace.members());
    }
    answer(out, page.build());
  }

  @Override
  public void updateNickname(
      UpdateNicknameRequest request, StreamObserver<UpdateNicknameResponse> out) {
    Member after =
        workspace.change(
            workspace.member(request.getUserId()).toBuilder().setNickname(request.getNickname()),
            AuditAction.AUDIT_ACTION_UPDATE_NICKNAME,
            request.getReason());
    answer(out, UpdateNicknameResponse.newBuilder().setMember(after).build());
  }

  @Override
  public void kickMember(KickMemberRequest request, StreamObserver<KickMemberResponse> out) {
    Member before = workspace.member(request.getUserId());
    if (before.getState() != MemberState.MEMBER_STATE_MEMBER) {
      out.onError(
          Refuse.with(
              Status.Code.NOT_FOUND,
              "MEMBER_NOT_FOUND",
              "user_id",
              Long.toString(request.getUserId()),
              "one that exists"));
      return;
    }
    Member after =
        workspace.change(
            before.toBuilder().setState(MemberState.MEMBER_STATE_LEFT),
            AuditAction.AUDIT_ACTION_KICK_MEMBER,
            request.getReason());
    answer(out, KickMemberResponse.newBuilder().setMember(after).build());
  }

  @Override
  public void banMember(BanMemberRequest request, StreamObserver<BanMemberResponse> out) {
    Member after =
        workspace.change(
            workspace.member(request.getUserId()).toBuilder()
                .setState(MemberState.MEMBER_STATE_BANNED),
            AuditAction.AUDIT_ACTION_BAN_MEMBER,
            request.getReason());
    answer(out, BanMemberResponse.newBuilder().setMember(after).build());
  }

  @Override
  public void timeOutMember(
      TimeOutMemberRequest request, StreamObserver<TimeOutMemberResponse> out) {
    Member after =
        workspace.change(
            workspace.member(request.getUserId()).toBuilder().setTimedOutUntil(request.getUntil()),
            AuditAction.AUDIT_ACTION_TIME_OUT_MEMBER,
            request.getReason());
    answer(out, TimeOutMemberResponse.newBuilder().setMember(after).build());
  }

  static <R> void answer(StreamObserver<R> out, R response) {
    out.onNext(response);
    out.onCompleted();
  }
}
