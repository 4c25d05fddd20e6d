package chat.starling.client;

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
import chat.starling.api.v1.Member;
import chat.starling.api.v1.MemberServiceGrpc;
import chat.starling.api.v1.TimeOutMemberRequest;
import chat.starling.api.v1.TimeOutMemberResponse;
import chat.starling.api.v1.UpdateNicknameRequest;
import chat.starling.api.v1.UpdateNicknameResponse;
import com.google.protobuf.Timestamp;
import java.util.concurrent.CompletableFuture;

/**
 * The members of a workspace. Every future fails with {@link RefusedException} only, and completes
 * on the client's thread: what is chained to it must not block.
 *
 * <p>Each change has a request id of its own, so that repeating its call is safe.
 */
public final class MemberCalls {
  private final UnaryCalls calls;

  MemberCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /** A member. Refused with MEMBER_NOT_FOUND. */
  public CompletableFuture<Member> get(long workspaceId, long userId) {
    GetMemberRequest request =
        GetMemberRequest.newBuilder().setWorkspaceId(workspaceId).setUserId(userId).build();
    return calls.call(
        MemberServiceGrpc.getGetMemberMethod(), request, GetMemberResponse::getMember);
  }

  /**
   * One page; {@code pageToken} is empty for the first. It may be empty and yet have a next one.
   */
  public CompletableFuture<ListMembersResponse> list(long workspaceId, String pageToken) {
    ListMembersRequest request =
        ListMembersRequest.newBuilder().setWorkspaceId(workspaceId).setPageToken(pageToken).build();
    return calls.call(MemberServiceGrpc.getListMembersMethod(), request);
  }

  /** Changes a nickname; empty for none. */
  public CompletableFuture<Member> nickname(long workspaceId, long userId, String nickname) {
    UpdateNicknameRequest request =
        UpdateNicknameRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setNickname(nickname)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        MemberServiceGrpc.getUpdateNicknameMethod(), request, UpdateNicknameResponse::getMember);
  }

  /** Removes a member, who may enter again. */
  public CompletableFuture<Member> kick(long workspaceId, long userId, String reason) {
    KickMemberRequest request =
        KickMemberRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        MemberServiceGrpc.getKickMemberMethod(), request, KickMemberResponse::getMember);
  }

  /** Removes a user until the ban is lifted. */
  public CompletableFuture<Member> ban(long workspaceId, long userId, String reason) {
    BanMemberRequest request =
        BanMemberRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        MemberServiceGrpc.getBanMemberMethod(), request, BanMemberResponse::getMember);
  }

  /** Lets a banned user enter again. */
  public CompletableFuture<Member> liftBan(long workspaceId, long userId, String reason) {
    LiftBanRequest request =
        LiftBanRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(MemberServiceGrpc.getLiftBanMethod(), request, LiftBanResponse::getMember);
  }

  /** Lets a member only see and read until then, in milliseconds of the epoch. */
  public CompletableFuture<Member> timeOut(
      long workspaceId, long userId, long untilMillis, String reason) {
    TimeOutMemberRequest request =
        TimeOutMemberRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setUntil(time(untilMillis))
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        MemberServiceGrpc.getTimeOutMemberMethod(), request, TimeOutMemberResponse::getMember);
  }

  /** Ends a time-out. */
  public CompletableFuture<Member> liftTimeOut(long workspaceId, long userId, String reason) {
    LiftTimeOutRequest request =
        LiftTimeOutRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        MemberServiceGrpc.getLiftTimeOutMethod(), request, LiftTimeOutResponse::getMember);
  }

  private static Timestamp time(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1_000L))
        .setNanos(Math.floorMod(millis, 1_000) * 1_000_000)
        .build();
  }
}
