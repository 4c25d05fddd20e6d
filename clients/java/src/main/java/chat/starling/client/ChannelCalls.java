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
import chat.starling.api.v1.ListChannelsRequest;
import chat.starling.api.v1.ListChannelsResponse;
import chat.starling.api.v1.LookupChannelRequest;
import chat.starling.api.v1.LookupChannelResponse;
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
    CreateChannelRequest request =
        CreateChannelRequest.newBuilder().setWorkspaceId(workspaceId).setName(name).build();
    return calls
        .call(ChannelServiceGrpc.getCreateChannelMethod(), request)
        .thenApply(CreateChannelResponse::getChannel);
  }

  /** Finds a channel by its name. Refused with CHANNEL_NOT_FOUND. */
  public CompletableFuture<Channel> lookup(long workspaceId, String name) {
    LookupChannelRequest request =
        LookupChannelRequest.newBuilder().setWorkspaceId(workspaceId).setName(name).build();
    return calls
        .call(ChannelServiceGrpc.getLookupChannelMethod(), request)
        .thenApply(LookupChannelResponse::getChannel);
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
    JoinChannelRequest request = JoinChannelRequest.newBuilder().setChannelId(channelId).build();
    return calls
        .call(ChannelServiceGrpc.getJoinChannelMethod(), request)
        .thenApply(JoinChannelResponse::getChannel);
  }

  /** The channel, with what the caller may do there. Refused with CHANNEL_NOT_FOUND. */
  public CompletableFuture<Channel> get(long channelId) {
    GetChannelRequest request = GetChannelRequest.newBuilder().setChannelId(channelId).build();
    return calls
        .call(ChannelServiceGrpc.getGetChannelMethod(), request)
        .thenApply(GetChannelResponse::getChannel);
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
    return calls
        .call(ChannelServiceGrpc.getCreateChannelMethod(), request)
        .thenApply(CreateChannelResponse::getChannel);
  }

  /** Ends the caller's membership. */
  public CompletableFuture<Void> leave(long channelId) {
    LeaveChannelRequest request =
        LeaveChannelRequest.newBuilder()
            .setChannelId(channelId)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(ChannelServiceGrpc.getLeaveChannelMethod(), request).thenAccept(done -> {});
  }

  /** Gives a channel another name. */
  public CompletableFuture<Channel> rename(long channelId, String name) {
    RenameChannelRequest request =
        RenameChannelRequest.newBuilder()
            .setChannelId(channelId)
            .setName(name)
            .setRequestId(Nonces.next())
            .build();
    return calls
        .call(ChannelServiceGrpc.getRenameChannelMethod(), request)
        .thenApply(RenameChannelResponse::getChannel);
  }

  /** Says what a channel is about. */
  public CompletableFuture<Channel> topic(long channelId, String topic) {
    SetChannelTopicRequest request =
        SetChannelTopicRequest.newBuilder()
            .setChannelId(channelId)
            .setTopic(topic)
            .setRequestId(Nonces.next())
            .build();
    return calls
        .call(ChannelServiceGrpc.getSetChannelTopicMethod(), request)
        .thenApply(SetChannelTopicResponse::getChannel);
  }

  /** Lets members wait between messages; 0 for not. */
  public CompletableFuture<Channel> slowMode(long channelId, int seconds) {
    SetSlowModeRequest request =
        SetSlowModeRequest.newBuilder()
            .setChannelId(channelId)
            .setSeconds(seconds)
            .setRequestId(Nonces.next())
            .build();
    return calls
        .call(ChannelServiceGrpc.getSetSlowModeMethod(), request)
        .thenApply(SetSlowModeResponse::getChannel);
  }

  /** Lets nobody write in a channel any more. */
  public CompletableFuture<Channel> archive(long channelId, String reason) {
    ArchiveChannelRequest request =
        ArchiveChannelRequest.newBuilder()
            .setChannelId(channelId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls
        .call(ChannelServiceGrpc.getArchiveChannelMethod(), request)
        .thenApply(ArchiveChannelResponse::getChannel);
  }

  /** Ends the archive. */
  public CompletableFuture<Channel> restore(long channelId, String reason) {
    RestoreChannelRequest request =
        RestoreChannelRequest.newBuilder()
            .setChannelId(channelId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls
        .call(ChannelServiceGrpc.getRestoreChannelMethod(), request)
        .thenApply(RestoreChannelResponse::getChannel);
  }

  /** Makes somebody else a member. */
  public CompletableFuture<Void> addMember(long channelId, long userId) {
    AddChannelMemberRequest request =
        AddChannelMemberRequest.newBuilder()
            .setChannelId(channelId)
            .setUserId(userId)
            .setRequestId(Nonces.next())
            .build();
    return calls
        .call(ChannelServiceGrpc.getAddChannelMemberMethod(), request)
        .thenAccept(done -> {});
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
    return calls
        .call(ChannelServiceGrpc.getRemoveChannelMemberMethod(), request)
        .thenAccept(done -> {});
  }

  /** The channel of exactly the caller and these 1 to 9 people. */
  public CompletableFuture<Channel> openDirect(long workspaceId, List<Long> userIds) {
    OpenDirectChannelRequest request =
        OpenDirectChannelRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .addAllUserIds(userIds)
            .setRequestId(Nonces.next())
            .build();
    return calls
        .call(ChannelServiceGrpc.getOpenDirectChannelMethod(), request)
        .thenApply(OpenDirectChannelResponse::getChannel);
  }
}
