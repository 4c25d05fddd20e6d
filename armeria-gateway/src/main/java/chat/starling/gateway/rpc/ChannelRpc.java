package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelServiceGrpc.ChannelServiceImplBase;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.CreateChannelResponse;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.JoinChannelResponse;
import chat.starling.api.v1.ListChannelsRequest;
import chat.starling.api.v1.ListChannelsResponse;
import chat.starling.api.v1.LookupChannelRequest;
import chat.starling.api.v1.LookupChannelResponse;
import chat.starling.gateway.runtime.BumpRelays;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Channels of the workspaces that a caller's token admits to. */
final class ChannelRpc extends ChannelServiceImplBase {

  private static final int DEFAULT_PAGE = 100;

  private final Caller caller;
  private final ChannelServers servers;
  private final BumpRelays bumps;

  ChannelRpc(Caller caller, ChannelServers servers, BumpRelays bumps) {
    this.caller = caller;
    this.servers = servers;
    this.bumps = bumps;
  }

  @Override
  public void createChannel(
      CreateChannelRequest request, StreamObserver<CreateChannelResponse> answer) {
    caller.serve(
        answer,
        identity ->
            servers
                .any()
                .createChannel(
                    chat.starling.api.internal.v1.CreateChannelRequest.newBuilder()
                        .setWorkspaceId(Requests.workspace(identity, request.getWorkspaceId()))
                        .setName(request.getName())
                        .setCreatorId(identity.userId())
                        .build())
                .thenApply(made ->
                    CreateChannelResponse.newBuilder()
                        .setChannel(joined(identity, made.getChannel()))
                        .build()));
  }

  @Override
  public void lookupChannel(
      LookupChannelRequest request, StreamObserver<LookupChannelResponse> answer) {
    caller.serve(
        answer,
        identity ->
            servers
                .any()
                .lookupChannel(
                    chat.starling.api.internal.v1.LookupChannelRequest.newBuilder()
                        .setWorkspaceId(Requests.workspace(identity, request.getWorkspaceId()))
                        .setName(request.getName())
                        .build())
                .thenApply(found ->
                    LookupChannelResponse.newBuilder()
                        .setChannel(channel(found.getChannel()))
                        .build()));
  }

  @Override
  public void listChannels(
      ListChannelsRequest request, StreamObserver<ListChannelsResponse> answer) {
    caller.serve(answer, identity -> list(identity, request));
  }

  private CompletableFuture<ListChannelsResponse> list(
      Identity identity, ListChannelsRequest request) {
    return servers
        .any()
        .listChannels(
            chat.starling.api.internal.v1.ListChannelsRequest.newBuilder()
                .setWorkspaceId(Requests.workspace(identity, request.getWorkspaceId()))
                .setPageSize(
                    Requests.pageSize(request.hasPageSize(), request.getPageSize(), DEFAULT_PAGE))
                .setPageToken(request.getPageToken())
                .setMemberId(request.getJoinedOnly() ? identity.userId() : 0)
                .build())
        .thenApply(found ->
            ListChannelsResponse.newBuilder()
                .addAllChannels(found.getChannelsList().stream().map(ChannelRpc::channel).toList())
                .setNextPageToken(found.getNextPageToken())
                .build());
  }

  @Override
  public void joinChannel(JoinChannelRequest request, StreamObserver<JoinChannelResponse> answer) {
    caller.serve(
        answer,
        identity ->
            admitted(identity, Requests.id("channel_id", request.getChannelId()))
                .thenCompose(yes -> join(identity, request.getChannelId())));
  }

  private CompletableFuture<JoinChannelResponse> join(Identity identity, long channelId) {
    return servers
        .any()
        .joinChannel(
            chat.starling.api.internal.v1.JoinChannelRequest.newBuilder()
                .setChannelId(channelId)
                .setUserId(identity.userId())
                .build())
        .thenApply(done ->
            JoinChannelResponse.newBuilder()
                .setChannel(joined(identity, done.getChannel()))
                .build());
  }

  /** The user's sessions here are told of it from now on. */
  private Channel joined(Identity identity, ChannelRecord channel) {
    bumps.joined(identity.userId(), channel.getWorkspaceId(), channel.getChannelId());
    return channel(channel);
  }

  /** A channel of another workspace is not there for this caller. */
  private CompletableFuture<Void> admitted(Identity identity, long channelId) {
    var request =
        GetMembershipRequest.newBuilder()
            .setChannelId(channelId)
            .setUserId(identity.userId())
            .build();
    return servers
        .any()
        .membership(request)
        .thenCompose(found ->
            identity.admitsTo(found.getChannel().getWorkspaceId())
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(Permits.notFound(channelId)));
  }

  private static Channel channel(ChannelRecord found) {
    return Channel.newBuilder()
        .setChannelId(found.getChannelId())
        .setWorkspaceId(found.getWorkspaceId())
        .setName(found.getName())
        .setCreatedAt(found.getCreatedAt())
        .setCreatedBy(found.getCreatedBy())
        .build();
  }
}
