package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.AddChannelMemberRequest;
import chat.starling.api.v1.ArchiveChannelRequest;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.LeaveChannelRequest;
import chat.starling.api.v1.OpenDirectChannelRequest;
import chat.starling.api.v1.RemoveChannelMemberRequest;
import chat.starling.api.v1.RenameChannelRequest;
import chat.starling.api.v1.RestoreChannelRequest;
import chat.starling.api.v1.SetChannelTopicRequest;
import chat.starling.api.v1.SetSlowModeRequest;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.ChannelActs;
import chat.starling.gateway.administration.SeenChannel;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.administration.Sight;
import chat.starling.gateway.administration.Terms;
import chat.starling.gateway.signin.Identity;
import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;

/** Changes of channels as acts; each answers with the channel after the change, or nothing. */
record ChannelChanges(Acts acts, ChannelActs channelActs, Sight sight) {

  private static final int MAX_OTHERS = 9;

  CompletableFuture<Channel> createChannel(Identity who, CreateChannelRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getCreateChannelBuilder()
        .setName(request.getName())
        .setKindValue(request.getKindValue())
        .setTopic(request.getTopic());
    return made(
        who,
        Requests.workspace(who, request.getWorkspaceId()),
        act,
        terms(request.getRequestId(), 0, request.getReason()));
  }

  CompletableFuture<SeenChannel> joinChannel(Identity who, JoinChannelRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getJoinChannelBuilder().setChannelId(request.getChannelId());
    return changed(who, request.getChannelId(), act, Terms.of(request.getRequestId()));
  }

  CompletableFuture<SeenChannel> renameChannel(Identity who, RenameChannelRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getRenameChannelBuilder().setChannelId(request.getChannelId()).setName(request.getName());
    return changed(
        who,
        request.getChannelId(),
        act,
        terms(request.getRequestId(), request.getExpectedVersion(), request.getReason()));
  }

  CompletableFuture<SeenChannel> setChannelTopic(Identity who, SetChannelTopicRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getSetTopicBuilder().setChannelId(request.getChannelId()).setTopic(request.getTopic());
    return changed(
        who,
        request.getChannelId(),
        act,
        terms(request.getRequestId(), request.getExpectedVersion(), request.getReason()));
  }

  CompletableFuture<SeenChannel> setSlowMode(Identity who, SetSlowModeRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getSetSlowModeBuilder()
        .setChannelId(request.getChannelId())
        .setSeconds(request.getSeconds());
    return changed(
        who,
        request.getChannelId(),
        act,
        terms(request.getRequestId(), request.getExpectedVersion(), request.getReason()));
  }

  CompletableFuture<SeenChannel> archiveChannel(Identity who, ArchiveChannelRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getArchiveChannelBuilder().setChannelId(request.getChannelId());
    return changed(
        who,
        request.getChannelId(),
        act,
        terms(request.getRequestId(), request.getExpectedVersion(), request.getReason()));
  }

  CompletableFuture<SeenChannel> restoreChannel(Identity who, RestoreChannelRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getRestoreChannelBuilder().setChannelId(request.getChannelId());
    return changed(
        who,
        request.getChannelId(),
        act,
        terms(request.getRequestId(), request.getExpectedVersion(), request.getReason()));
  }

  CompletableFuture<Long> leaveChannel(Identity who, LeaveChannelRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getLeaveChannelBuilder().setChannelId(request.getChannelId());
    return done(who, request.getChannelId(), act, Terms.of(request.getRequestId()));
  }

  CompletableFuture<Long> addChannelMember(Identity who, AddChannelMemberRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getAddToChannelBuilder()
        .setChannelId(request.getChannelId())
        .setUserId(Requests.id("user_id", request.getUserId()));
    return done(
        who, request.getChannelId(), act, terms(request.getRequestId(), 0, request.getReason()));
  }

  CompletableFuture<Long> removeChannelMember(Identity who, RemoveChannelMemberRequest request) {
    Act.Builder act = Act.newBuilder();
    act.getRemoveFromChannelBuilder()
        .setChannelId(request.getChannelId())
        .setUserId(Requests.id("user_id", request.getUserId()));
    return done(
        who, request.getChannelId(), act, terms(request.getRequestId(), 0, request.getReason()));
  }

  CompletableFuture<Channel> openDirectChannel(Identity who, OpenDirectChannelRequest request) {
    Requests.count("user_ids", request.getUserIdsCount(), MAX_OTHERS);
    Act.OpenDirect.Builder open = Act.OpenDirect.newBuilder();
    request.getUserIdsList().forEach(user -> open.addUserIds(Requests.id("user_ids", user)));
    return made(
        who,
        Requests.workspace(who, request.getWorkspaceId()),
        Act.newBuilder().setOpenDirect(open),
        Terms.of(request.getRequestId()));
  }

  private CompletableFuture<Channel> made(
      Identity who, long workspaceId, Act.Builder act, Terms terms) {
    return acts.run(
        who,
        workspaceId,
        act,
        terms,
        done ->
            sight
                .find(who, done.getMadeId())
                .thenApply(found ->
                    found
                        .map(Shown::channel)
                        .orElseGet(() -> onlyId(workspaceId, done.getMadeId()))));
  }

  /** Of a channel that he who made it does not see. */
  private static Channel onlyId(long workspaceId, long channelId) {
    return Channel.newBuilder().setWorkspaceId(workspaceId).setChannelId(channelId).build();
  }

  private CompletableFuture<SeenChannel> changed(
      Identity who, long channelId, Act.Builder act, Terms terms) {
    return channelActs.run(
        who,
        Requests.id("channel_id", channelId),
        act,
        terms,
        done -> sight.channel(who, channelId));
  }

  private CompletableFuture<Long> done(Identity who, long channelId, Act.Builder act, Terms terms) {
    return channelActs.run(
        who,
        Requests.id("channel_id", channelId),
        act,
        terms,
        done -> CompletableFuture.completedFuture(done.getSeq()));
  }

  private static Terms terms(ByteString requestId, long expectedVersion, String reason) {
    return new Terms(requestId, Requests.version(expectedVersion), reason);
  }
}
