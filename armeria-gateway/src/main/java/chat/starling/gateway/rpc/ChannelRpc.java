package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
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
import chat.starling.gateway.administration.ChannelPages;
import chat.starling.gateway.administration.Channels;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.rpc.ChannelChanges.ChangedBy;
import chat.starling.gateway.runtime.BumpRelays;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Channels of the workspaces that a caller's token admits to. */
final class ChannelRpc extends ChannelServiceImplBase {

  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_OTHERS = 9;

  private final Caller caller;
  private final ChannelServers servers;
  private final BumpRelays bumps;
  private final ChannelChanges changes;
  private final Channels channels;
  private final ChannelPages pages;

  ChannelRpc(
      Caller caller,
      ChannelServers servers,
      BumpRelays bumps,
      ChannelChanges changes,
      Channels channels,
      ChannelPages pages) {
    this.caller = caller;
    this.servers = servers;
    this.bumps = bumps;
    this.changes = changes;
    this.channels = channels;
    this.pages = pages;
  }

  @Override
  public void createChannel(
      CreateChannelRequest request, StreamObserver<CreateChannelResponse> answer) {
    changes.make(
        answer,
        request,
        request.getWorkspaceId(),
        act ->
            act.getCreateChannelBuilder()
                .setName(request.getName())
                .setKindValue(request.getKindValue())
                .setTopic(request.getTopic()),
        made -> CreateChannelResponse.newBuilder().setChannel(joined(made)).build());
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
                  .build();
          return servers
              .any()
              .lookupChannel(query)
              .thenCompose(found -> channels.find(identity, found.getChannel().getChannelId()))
              .thenApply(seen -> seen.map(Shown::channel).orElseThrow(() -> unnamed(request)))
              .exceptionallyCompose(fault ->
                  CompletableFuture.failedFuture(
                      Channels.isUnseen(fault) ? unnamed(request) : fault))
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
    caller.serve(
        answer,
        who -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          int size = Requests.pageSize(request.hasPageSize(), request.getPageSize(), DEFAULT_PAGE);
          return request.getJoinedOnly()
              ? pages.joined(who, workspace, size, request.getPageToken())
              : pages.all(who, workspace, size, request.getPageToken());
        });
  }

  @Override
  public void joinChannel(JoinChannelRequest request, StreamObserver<JoinChannelResponse> answer) {
    changes.change(
        answer,
        request,
        request.getChannelId(),
        act -> act.getJoinChannelBuilder().setChannelId(request.getChannelId()),
        seen -> JoinChannelResponse.newBuilder().setChannel(joined(seen)).build());
  }

  @Override
  public void getChannel(GetChannelRequest request, StreamObserver<GetChannelResponse> answer) {
    caller.serve(
        answer,
        who ->
            channels
                .channel(who, Requests.id("channel_id", request.getChannelId()))
                .thenApply(seen ->
                    GetChannelResponse.newBuilder().setChannel(Shown.channel(seen)).build()));
  }

  @Override
  public void renameChannel(
      RenameChannelRequest request, StreamObserver<RenameChannelResponse> answer) {
    changes.change(
        answer,
        request,
        request.getChannelId(),
        act ->
            act.getRenameChannelBuilder()
                .setChannelId(request.getChannelId())
                .setName(request.getName()),
        seen -> RenameChannelResponse.newBuilder().setChannel(seen.channel()).build());
  }

  @Override
  public void setChannelTopic(
      SetChannelTopicRequest request, StreamObserver<SetChannelTopicResponse> answer) {
    changes.change(
        answer,
        request,
        request.getChannelId(),
        act ->
            act.getSetTopicBuilder()
                .setChannelId(request.getChannelId())
                .setTopic(request.getTopic()),
        seen -> SetChannelTopicResponse.newBuilder().setChannel(seen.channel()).build());
  }

  @Override
  public void setSlowMode(SetSlowModeRequest request, StreamObserver<SetSlowModeResponse> answer) {
    changes.change(
        answer,
        request,
        request.getChannelId(),
        act ->
            act.getSetSlowModeBuilder()
                .setChannelId(request.getChannelId())
                .setSeconds(request.getSeconds()),
        seen -> SetSlowModeResponse.newBuilder().setChannel(seen.channel()).build());
  }

  @Override
  public void archiveChannel(
      ArchiveChannelRequest request, StreamObserver<ArchiveChannelResponse> answer) {
    changes.change(
        answer,
        request,
        request.getChannelId(),
        act -> act.getArchiveChannelBuilder().setChannelId(request.getChannelId()),
        seen -> ArchiveChannelResponse.newBuilder().setChannel(seen.channel()).build());
  }

  @Override
  public void restoreChannel(
      RestoreChannelRequest request, StreamObserver<RestoreChannelResponse> answer) {
    changes.change(
        answer,
        request,
        request.getChannelId(),
        act -> act.getRestoreChannelBuilder().setChannelId(request.getChannelId()),
        seen -> RestoreChannelResponse.newBuilder().setChannel(seen.channel()).build());
  }

  @Override
  public void leaveChannel(
      LeaveChannelRequest request, StreamObserver<LeaveChannelResponse> answer) {
    changes.done(
        answer,
        request,
        request.getChannelId(),
        act -> act.getLeaveChannelBuilder().setChannelId(request.getChannelId()),
        LeaveChannelResponse.getDefaultInstance());
  }

  @Override
  public void addChannelMember(
      AddChannelMemberRequest request, StreamObserver<AddChannelMemberResponse> answer) {
    changes.done(
        answer,
        request,
        request.getChannelId(),
        act ->
            act.getAddToChannelBuilder()
                .setChannelId(request.getChannelId())
                .setUserId(Requests.id("user_id", request.getUserId())),
        AddChannelMemberResponse.getDefaultInstance());
  }

  @Override
  public void removeChannelMember(
      RemoveChannelMemberRequest request, StreamObserver<RemoveChannelMemberResponse> answer) {
    changes.done(
        answer,
        request,
        request.getChannelId(),
        act ->
            act.getRemoveFromChannelBuilder()
                .setChannelId(request.getChannelId())
                .setUserId(Requests.id("user_id", request.getUserId())),
        RemoveChannelMemberResponse.getDefaultInstance());
  }

  @Override
  public void openDirectChannel(
      OpenDirectChannelRequest request, StreamObserver<OpenDirectChannelResponse> answer) {
    changes.make(
        answer,
        request,
        request.getWorkspaceId(),
        act -> act.setOpenDirect(openDirect(request)),
        opened -> OpenDirectChannelResponse.newBuilder().setChannel(joined(opened)).build());
  }

  private static Act.OpenDirect openDirect(OpenDirectChannelRequest request) {
    Requests.count("user_ids", request.getUserIdsCount(), MAX_OTHERS);
    Act.OpenDirect.Builder open = Act.OpenDirect.newBuilder();
    request.getUserIdsList().forEach(user -> open.addUserIds(Requests.id("user_ids", user)));
    return open.build();
  }

  /** The user's sessions here are told of it from now on. */
  private Channel joined(ChangedBy by) {
    Channel channel = by.channel();
    bumps.joined(by.userId(), channel.getWorkspaceId(), channel.getChannelId());
    return channel;
  }
}
