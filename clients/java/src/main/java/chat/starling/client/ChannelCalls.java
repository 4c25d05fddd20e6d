package chat.starling.client;

import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.CreateChannelResponse;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.JoinChannelResponse;
import chat.starling.api.v1.ListChannelsRequest;
import chat.starling.api.v1.ListChannelsResponse;
import chat.starling.api.v1.LookupChannelRequest;
import chat.starling.api.v1.LookupChannelResponse;
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
}
