package chat.starling.client;

import chat.starling.api.v1.AddChannelMemberRequest;
import chat.starling.api.v1.ArchiveChannelRequest;
import chat.starling.api.v1.ArchiveChannelResponse;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelKind;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.CreateChannelResponse;
import chat.starling.api.v1.GetChannelRequest;
import chat.starling.api.v1.GetChannelResponse;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.JoinChannelResponse;
import chat.starling.api.v1.LeaveChannelRequest;
import chat.starling.api.v1.ListChannelMembersRequest;
import chat.starling.api.v1.ListChannelMembersResponse;
import chat.starling.api.v1.ListChannelsRequest;
import chat.starling.api.v1.ListChannelsResponse;
import chat.starling.api.v1.LookupChannelRequest;
import chat.starling.api.v1.LookupChannelResponse;
import chat.starling.api.v1.LookupServiceGrpc;
import chat.starling.api.v1.OpenDirectChannelRequest;
import chat.starling.api.v1.OpenDirectChannelResponse;
import chat.starling.api.v1.RemoveChannelMemberRequest;
import chat.starling.api.v1.RenameChannelRequest;
import chat.starling.api.v1.RenameChannelResponse;
import chat.starling.api.v1.RestoreChannelRequest;
import chat.starling.api.v1.RestoreChannelResponse;
import chat.starling.api.v1.SetChannelTopicRequest;
import chat.starling.api.v1.SetChannelTopicResponse;
import chat.starling.api.v1.SetSlowModeRequest;
import chat.starling.api.v1.SetSlowModeResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The channels of a workspace. Every future fails with {@link RefusedException} only, and completes
 * on the client's thread: what is chained to it must not block.
 *
 * <p>Each change has a request id of its own, so that repeating its call is safe.
 */
public final class ChannelCalls {
  private final UnaryCalls calls;

  ChannelCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /**
   * Makes a public channel with the caller as a member. Refused with NAME_INVALID or NAME_TAKEN.
   */
  public CompletableFuture<Channel> create(long workspaceId, String name) {
    return create(workspaceId, name, ChannelKind.CHANNEL_KIND_UNSPECIFIED, "");
  }

  /** Finds a channel by its name. Refused with CHANNEL_NOT_FOUND. */
  public CompletableFuture<Channel> lookup(long workspaceId, String name) {
    LookupChannelRequest request =
        LookupChannelRequest.newBuilder().setWorkspaceId(workspaceId).setName(name).build();
    return calls.call(
        ChannelServiceGrpc.getLookupChannelMethod(), request, LookupChannelResponse::getChannel);
  }

  /** One page of a workspace's channels; {@code pageToken} is empty for the first. */
  public CompletableFuture<ListChannelsResponse> list(
      long workspaceId, boolean joinedOnly, String pageToken) {
    ListChannelsRequest request =
        ListChannelsRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setJoinedOnly(joinedOnly)
            .setPageToken(pageToken)
            .build();
    return calls.call(ChannelServiceGrpc.getListChannelsMethod(), request);
  }

  /** Makes the caller a member; joining twice is joining once. Refused with CHANNEL_NOT_FOUND. */
  public CompletableFuture<Channel> join(long channelId) {
    JoinChannelRequest request =
        JoinChannelRequest.newBuilder().setChannelId(channelId).setRequestId(Nonces.next()).build();
    return calls.call(
        ChannelServiceGrpc.getJoinChannelMethod(), request, JoinChannelResponse::getChannel);
  }

  /** The channel, with what the caller may do there. Refused with CHANNEL_NOT_FOUND. */
  public CompletableFuture<Channel> get(long channelId) {
    GetChannelRequest request = GetChannelRequest.newBuilder().setChannelId(channelId).build();
    return calls.call(
        ChannelServiceGrpc.getGetChannelMethod(), request, GetChannelResponse::getChannel);
  }

  /** Makes a channel of this kind with the caller as a member. */
  public CompletableFuture<Channel> create(
      long workspaceId, String name, ChannelKind kind, String topic) {
    CreateChannelRequest request =
        CreateChannelRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setName(name)
            .setKind(kind)
            .setTopic(topic)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        ChannelServiceGrpc.getCreateChannelMethod(), request, CreateChannelResponse::getChannel);
  }

  /** Ends the caller's membership. */
  public CompletableFuture<Void> leave(long channelId) {
    LeaveChannelRequest request =
        LeaveChannelRequest.newBuilder()
            .setChannelId(channelId)
            .setRequestId(Nonces.next())
            .build();
    return calls.done(ChannelServiceGrpc.getLeaveChannelMethod(), request);
  }

  /** Gives a channel another name. */
  public CompletableFuture<Channel> rename(long channelId, String name) {
    RenameChannelRequest request =
        RenameChannelRequest.newBuilder()
            .setChannelId(channelId)
            .setName(name)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        ChannelServiceGrpc.getRenameChannelMethod(), request, RenameChannelResponse::getChannel);
  }

  /** Says what a channel is about. */
  public CompletableFuture<Channel> topic(long channelId, String topic) {
    SetChannelTopicRequest request =
        SetChannelTopicRequest.newBuilder()
            .setChannelId(channelId)
            .setTopic(topic)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        ChannelServiceGrpc.getSetChannelTopicMethod(),
        request,
        SetChannelTopicResponse::getChannel);
  }

  /** Lets members wait between messages; 0 for not. */
  public CompletableFuture<Channel> slowMode(long channelId, int seconds) {
    SetSlowModeRequest request =
        SetSlowModeRequest.newBuilder()
            .setChannelId(channelId)
            .setSeconds(seconds)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        ChannelServiceGrpc.getSetSlowModeMethod(), request, SetSlowModeResponse::getChannel);
  }

  /** Lets nobody write in a channel any more. */
  public CompletableFuture<Channel> archive(long channelId, String reason) {
    ArchiveChannelRequest request =
        ArchiveChannelRequest.newBuilder()
            .setChannelId(channelId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        ChannelServiceGrpc.getArchiveChannelMethod(), request, ArchiveChannelResponse::getChannel);
  }

  /** Ends the archive. */
  public CompletableFuture<Channel> restore(long channelId, String reason) {
    RestoreChannelRequest request =
        RestoreChannelRequest.newBuilder()
            .setChannelId(channelId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        ChannelServiceGrpc.getRestoreChannelMethod(), request, RestoreChannelResponse::getChannel);
  }

  /**
   * One page of who is in a channel; {@code pageToken} is empty for the first. It may be empty and
   * yet have a next one. Refused with CHANNEL_NOT_FOUND.
   */
  public CompletableFuture<ListChannelMembersResponse> members(long channelId, String pageToken) {
    ListChannelMembersRequest request =
        ListChannelMembersRequest.newBuilder()
            .setChannelId(channelId)
            .setPageToken(pageToken)
            .build();
    return calls.call(LookupServiceGrpc.getListChannelMembersMethod(), request);
  }

  /** Makes somebody else a member. */
  public CompletableFuture<Void> addMember(long channelId, long userId) {
    AddChannelMemberRequest request =
        AddChannelMemberRequest.newBuilder()
            .setChannelId(channelId)
            .setUserId(userId)
            .setRequestId(Nonces.next())
            .build();
    return calls.done(ChannelServiceGrpc.getAddChannelMemberMethod(), request);
  }

  /** Ends somebody else's membership. */
  public CompletableFuture<Void> removeMember(long channelId, long userId, String reason) {
    RemoveChannelMemberRequest request =
        RemoveChannelMemberRequest.newBuilder()
            .setChannelId(channelId)
            .setUserId(userId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.done(ChannelServiceGrpc.getRemoveChannelMemberMethod(), request);
  }

  /** The channel of exactly the caller and these 1 to 9 people. */
  public CompletableFuture<Channel> openDirect(long workspaceId, List<Long> userIds) {
    OpenDirectChannelRequest request =
        OpenDirectChannelRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .addAllUserIds(userIds)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        ChannelServiceGrpc.getOpenDirectChannelMethod(),
        request,
        OpenDirectChannelResponse::getChannel);
  }
}
