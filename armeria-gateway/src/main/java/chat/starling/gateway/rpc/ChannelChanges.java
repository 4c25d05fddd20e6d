package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.Channel;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.ChannelActs;
import chat.starling.gateway.administration.Channels;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.signin.Identity;
import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Changes of channels as acts. What says an act may refuse. */
record ChannelChanges(Caller caller, Acts acts, ChannelActs channelActs, Channels channels) {

  /** Makes a channel of the workspace; it is answered as the caller sees it. */
  <T> void make(
      StreamObserver<T> answer,
      Message request,
      long workspaceId,
      Consumer<Act.Builder> act,
      Function<ChangedBy, T> response) {
    caller.change(
        answer,
        request,
        (who, terms) ->
            acts.run(
                who,
                Requests.workspace(who, workspaceId),
                built(act),
                terms,
                done ->
                    channels
                        .find(who, done.getMadeId())
                        .thenApply(found ->
                            found
                                .map(Shown::channel)
                                .orElseGet(() -> onlyId(workspaceId, done.getMadeId())))
                        .thenApply(
                            channel -> response.apply(new ChangedBy(who.userId(), channel)))));
  }

  /** Changes a channel, which is answered as the caller sees it afterwards. */
  <T> void change(
      StreamObserver<T> answer,
      Message request,
      long channelId,
      Consumer<Act.Builder> act,
      Function<ChangedBy, T> response) {
    run(
        answer,
        request,
        channelId,
        act,
        who ->
            channels
                .channel(who, channelId)
                .thenApply(
                    seen -> response.apply(new ChangedBy(who.userId(), Shown.channel(seen)))));
  }

  /** Changes who is in a channel, which is answered by this. */
  <T> void done(
      StreamObserver<T> answer,
      Message request,
      long channelId,
      Consumer<Act.Builder> act,
      T response) {
    run(answer, request, channelId, act, who -> CompletableFuture.completedFuture(response));
  }

  private <T> void run(
      StreamObserver<T> answer,
      Message request,
      long channelId,
      Consumer<Act.Builder> act,
      Function<Identity, CompletableFuture<T>> show) {
    caller.change(
        answer,
        request,
        (who, terms) ->
            channelActs.run(
                who,
                Requests.id("channel_id", channelId),
                built(act),
                terms,
                done -> show.apply(who)));
  }

  /** Who has changed which channel. */
  record ChangedBy(long userId, Channel channel) {}

  private static Act.Builder built(Consumer<Act.Builder> act) {
    Act.Builder asked = Act.newBuilder();
    act.accept(asked);
    return asked;
  }

  /** Of a channel that he who made it does not see. */
  private static Channel onlyId(long workspaceId, long channelId) {
    return Channel.newBuilder().setWorkspaceId(workspaceId).setChannelId(channelId).build();
  }
}
