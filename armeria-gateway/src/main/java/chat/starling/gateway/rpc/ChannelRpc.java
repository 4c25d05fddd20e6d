package chat.starling.gateway.rpc;

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
import chat.starling.api.v1.Reason;
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
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
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
            changes
                .createChannel(identity, request)
                .thenApply(made ->
                    CreateChannelResponse.newBuilder().setChannel(joined(identity, made)).build()));
  }

  @Override
  public void lookupChannel(
      LookupChannelRequest request, StreamObserver<LookupChannelResponse> answer) {
    caller.serve(
        answer,
        identity -> {
          var query =
              chat.starling.api.internal.v1.LookupChannelRequest.newBuilder()
                  .setWorkspaceId(Requests.workspace(identity, request.getWorkspaceId()))
                  .setName(request.getName())
                  .setViewerId(identity.userId())
                  .build();
          return servers
              .any()
              .lookupChannel(query)
              .thenCompose(found -> sight.find(identity, found.getChannel().getChannelId()))
              .thenApply(seen -> seen.map(Shown::channel).orElseThrow(() -> unnamed(request)))
              .exceptionallyCompose(fault ->
                  CompletableFuture.failedFuture(Sight.isUnseen(fault) ? unnamed(request) : fault))
              .thenApply(seen -> LookupChannelResponse.newBuilder().setChannel(seen).build());
        });
  }

  /** The same for a channel that is not there and for one that the caller does not see. */
  private static RefusedException unnamed(LookupChannelRequest request) {
    return Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND)
        .field("name")
        .value(request.getName())
        .expected("a channel of the workspace")
        .toException();
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
                .setViewerId(identity.userId())
                .build())
        .thenApply(found ->
            ListChannelsResponse.newBuilder()
                .addAllChannels(found.getChannelsList().stream().map(Shown::channel).toList())
                .setNextPageToken(found.getNextPageToken())
                .build());
  }

  @Override
  public void joinChannel(JoinChannelRequest request, StreamObserver<JoinChannelResponse> answer) {
    caller.serve(
        answer,
        identity ->
            changes
                .joinChannel(identity, request)
                .thenApply(seen ->
                    JoinChannelResponse.newBuilder()
                        .setChannel(joined(identity, Shown.channel(seen)))
                        .build()));
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
                .thenApply(opened ->
                    OpenDirectChannelResponse.newBuilder()
                        .setChannel(joined(who, opened))
                        .build()));
  }

  /** The user's sessions here are told of it from now on. */
  private Channel joined(Identity identity, Channel channel) {
    bumps.joined(identity.userId(), channel.getWorkspaceId(), channel.getChannelId());
    return channel;
  }
}
