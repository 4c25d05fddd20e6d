package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.v1.BanMemberRequest;
import chat.starling.api.v1.BanMemberResponse;
import chat.starling.api.v1.GetMemberRequest;
import chat.starling.api.v1.GetMemberResponse;
import chat.starling.api.v1.KickMemberRequest;
import chat.starling.api.v1.KickMemberResponse;
import chat.starling.api.v1.LiftBanRequest;
import chat.starling.api.v1.LiftBanResponse;
import chat.starling.api.v1.LiftTimeOutRequest;
import chat.starling.api.v1.LiftTimeOutResponse;
import chat.starling.api.v1.ListMembersRequest;
import chat.starling.api.v1.ListMembersResponse;
import chat.starling.api.v1.MemberServiceGrpc.MemberServiceImplBase;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.TimeOutMemberRequest;
import chat.starling.api.v1.TimeOutMemberResponse;
import chat.starling.api.v1.UpdateNicknameRequest;
import chat.starling.api.v1.UpdateNicknameResponse;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.PageCursor;
import chat.starling.gateway.administration.SeenWorkspace;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.rpc.MemberChanges.Whom;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import io.grpc.stub.StreamObserver;

/** Members of the workspaces that a caller's token admits to. */
final class MemberRpc extends MemberServiceImplBase {

  private static final int DEFAULT_PAGE = 100;

  private final Caller caller;
  private final MemberChanges changes;
  private final Insiders insiders;
  private final ChannelServers servers;

  MemberRpc(Caller caller, MemberChanges changes, Insiders insiders, ChannelServers servers) {
    this.caller = caller;
    this.changes = changes;
    this.insiders = insiders;
    this.servers = servers;
  }

  @Override
  public void getMember(GetMemberRequest request, StreamObserver<GetMemberResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          long user = Requests.id("user_id", request.getUserId());
          return insiders
              .workspace(who, workspace)
              .thenCompose(seen ->
                  insiders.member(workspace, user).thenApply(row -> visible(who, seen, row)))
              .thenApply(
                  row -> GetMemberResponse.newBuilder().setMember(Shown.member(row)).build());
        });
  }

  /** Who is no member is found by himself and by those who may ban him and lift his ban. */
  private static MemberRow visible(Identity who, SeenWorkspace seen, MemberRow row) {
    boolean hidden =
        row.getState() != MemberState.MEMBER_STATE_MEMBER
            && row.getUserId() != who.userId()
            && !seen.permits(Permission.BAN_MEMBERS);
    if (hidden) {
      throw Refuse.because(Reason.REASON_MEMBER_NOT_FOUND)
          .field("user_id")
          .value(row.getUserId())
          .expected("a member of the workspace")
          .toException();
    }
    return row;
  }

  @Override
  public void listMembers(ListMembersRequest request, StreamObserver<ListMembersResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          PageCursor cursor = new PageCursor("ListMembers", workspace);
          var page =
              chat.starling.api.internal.v1.ListMembersRequest.newBuilder()
                  .setWorkspaceId(workspace)
                  .setLimit(
                      Requests.pageSize(request.hasPageSize(), request.getPageSize(), DEFAULT_PAGE))
                  .setAfterUserId(cursor.read(request.getPageToken()))
                  .build();
          return insiders
              .require(who, workspace)
              .thenCompose(inside -> servers.any().members(page))
              .thenApply(found ->
                  ListMembersResponse.newBuilder()
                      .addAllMembers(found.getMembersList().stream().map(Shown::member).toList())
                      .setNextPageToken(cursor.write(found.getNextAfterUserId()))
                      .build());
        });
  }

  @Override
  public void updateNickname(
      UpdateNicknameRequest request, StreamObserver<UpdateNicknameResponse> answer) {
    changes.change(
        answer,
        request,
        new Whom(request.getWorkspaceId(), request.getUserId()),
        act ->
            act.getSetNicknameBuilder()
                .setUserId(request.getUserId())
                .setNickname(request.getNickname()),
        member -> UpdateNicknameResponse.newBuilder().setMember(member).build());
  }

  @Override
  public void kickMember(KickMemberRequest request, StreamObserver<KickMemberResponse> answer) {
    changes.change(
        answer,
        request,
        new Whom(request.getWorkspaceId(), request.getUserId()),
        act -> act.getKickBuilder().setUserId(request.getUserId()),
        member -> KickMemberResponse.newBuilder().setMember(member).build());
  }

  @Override
  public void banMember(BanMemberRequest request, StreamObserver<BanMemberResponse> answer) {
    changes.change(
        answer,
        request,
        new Whom(request.getWorkspaceId(), request.getUserId()),
        act -> act.getBanBuilder().setUserId(request.getUserId()),
        member -> BanMemberResponse.newBuilder().setMember(member).build());
  }

  @Override
  public void liftBan(LiftBanRequest request, StreamObserver<LiftBanResponse> answer) {
    changes.change(
        answer,
        request,
        new Whom(request.getWorkspaceId(), request.getUserId()),
        act -> act.getLiftBanBuilder().setUserId(request.getUserId()),
        member -> LiftBanResponse.newBuilder().setMember(member).build());
  }

  @Override
  public void timeOutMember(
      TimeOutMemberRequest request, StreamObserver<TimeOutMemberResponse> answer) {
    changes.change(
        answer,
        request,
        new Whom(request.getWorkspaceId(), request.getUserId()),
        act ->
            act.getTimeOutBuilder()
                .setUserId(request.getUserId())
                .setUntilMillis(Requests.millis("until", request.getUntil())),
        member -> TimeOutMemberResponse.newBuilder().setMember(member).build());
  }

  @Override
  public void liftTimeOut(LiftTimeOutRequest request, StreamObserver<LiftTimeOutResponse> answer) {
    changes.change(
        answer,
        request,
        new Whom(request.getWorkspaceId(), request.getUserId()),
        act -> act.getLiftTimeOutBuilder().setUserId(request.getUserId()),
        member -> LiftTimeOutResponse.newBuilder().setMember(member).build());
  }
}
