package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.v1.AddChannelMemberRequest;
import chat.starling.api.v1.AddChannelMemberResponse;
import chat.starling.api.v1.ArchiveChannelRequest;
import chat.starling.api.v1.ArchiveChannelResponse;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelServiceGrpc.ChannelServiceImplBase;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.CreateChannelResponse;
import chat.starling.api.v1.GetChannelRequest;
import chat.starling.api.v1.GetChannelResponse;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.JoinChannelResponse;
import chat.starling.api.v1.LeaveChannelRequest;
import chat.starling.api.v1.LeaveChannelResponse;
import chat.starling.api.v1.ListChannelsRequest;
import chat.starling.api.v1.ListChannelsResponse;
import chat.starling.api.v1.LookupChannelRequest;
import chat.starling.api.v1.LookupChannelResponse;
import chat.starling.api.v1.OpenDirectChannelRequest;
import chat.starling.api.v1.OpenDirectChannelResponse;
import chat.starling.api.v1.RemoveChannelMemberRequest;
import chat.starling.api.v1.RemoveChannelMemberResponse;
import chat.starling.api.v1.RenameChannelRequest;
import chat.starling.api.v1.RenameChannelResponse;
import chat.starling.api.v1.RestoreChannelRequest;
import chat.starling.api.v1.RestoreChannelResponse;
import chat.starling.api.v1.SetChannelTopicRequest;
import chat.starling.api.v1.SetChannelTopicResponse;
import chat.starling.api.v1.SetSlowModeRequest;
import chat.starling.api.v1.SetSlowModeResponse;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.administration.Sight;
import chat.starling.gateway.runtime.BumpRelays;
import chat.starling.gateway.runtime.Memberships;
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
  private final ChannelChanges changes;
  private final Sight sight;

  ChannelRpc(
      Caller caller,
      ChannelServers servers,
      BumpRelays bumps,
      ChannelChanges changes,
      Sight sight) {
    this.caller = caller;
    this.servers = servers;
    this.bumps = bumps;
    this.changes = changes;
    this.sight = sight;
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

  @Override
  public void getChannel(GetChannelRequest request, StreamObserver<GetChannelResponse> answer) {
    caller.serve(
        answer,
        who ->
            sight
                .channel(who, Requests.id("channel_id", request.getChannelId()))
                .thenApply(seen ->
                    GetChannelResponse.newBuilder().setChannel(Shown.channel(seen)).build()));
  }

  @Override
  public void renameChannel(
      RenameChannelRequest request, StreamObserver<RenameChannelResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .renameChannel(who, request)
                .thenApply(seen ->
                    RenameChannelResponse.newBuilder().setChannel(Shown.channel(seen)).build()));
  }

  @Override
  public void setChannelTopic(
      SetChannelTopicRequest request, StreamObserver<SetChannelTopicResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .setChannelTopic(who, request)
                .thenApply(seen ->
                    SetChannelTopicResponse.newBuilder().setChannel(Shown.channel(seen)).build()));
  }

  @Override
  public void setSlowMode(SetSlowModeRequest request, StreamObserver<SetSlowModeResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .setSlowMode(who, request)
                .thenApply(seen ->
                    SetSlowModeResponse.newBuilder().setChannel(Shown.channel(seen)).build()));
  }

  @Override
  public void archiveChannel(
      ArchiveChannelRequest request, StreamObserver<ArchiveChannelResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .archiveChannel(who, request)
                .thenApply(seen ->
                    ArchiveChannelResponse.newBuilder().setChannel(Shown.channel(seen)).build()));
  }

  @Override
  public void restoreChannel(
      RestoreChannelRequest request, StreamObserver<RestoreChannelResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .restoreChannel(who, request)
                .thenApply(seen ->
                    RestoreChannelResponse.newBuilder().setChannel(Shown.channel(seen)).build()));
  }

  @Override
  public void leaveChannel(
      LeaveChannelRequest request, StreamObserver<LeaveChannelResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .leaveChannel(who, request)
                .thenApply(done -> LeaveChannelResponse.getDefaultInstance()));
  }

  @Override
  public void addChannelMember(
      AddChannelMemberRequest request, StreamObserver<AddChannelMemberResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .addChannelMember(who, request)
                .thenApply(done -> AddChannelMemberResponse.getDefaultInstance()));
  }

  @Override
  public void removeChannelMember(
      RemoveChannelMemberRequest request, StreamObserver<RemoveChannelMemberResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .removeChannelMember(who, request)
                .thenApply(done -> RemoveChannelMemberResponse.getDefaultInstance()));
  }

  @Override
  public void openDirectChannel(
      OpenDirectChannelRequest request, StreamObserver<OpenDirectChannelResponse> answer) {
    caller.serve(
        answer,
        who ->
            changes
                .openDirectChannel(who, request)
                .thenApply(seen -> {
                  var channel = Shown.channel(seen);
                  bumps.joined(who.userId(), channel.getWorkspaceId(), channel.getChannelId());
                  return OpenDirectChannelResponse.newBuilder().setChannel(channel).build();
                }));
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
                : CompletableFuture.failedFuture(Memberships.notFound(channelId)));
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
