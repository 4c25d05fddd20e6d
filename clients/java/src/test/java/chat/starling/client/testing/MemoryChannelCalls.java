package chat.starling.client.testing;

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
import chat.starling.api.v1.RenameChannelRequest;
import chat.starling.api.v1.RenameChannelResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Function;

/** The channel rpcs of a {@link MemoryServer}. */
final class MemoryChannelCalls extends ChannelServiceImplBase {
  private final MemoryChannels channels;

  MemoryChannelCalls(MemoryChannels channels) {
    this.channels = channels;
  }

  @Override
  public void createChannel(
      CreateChannelRequest request, StreamObserver<CreateChannelResponse> out) {
    if (channels.byName(request.getName()).isPresent()) {
      out.onError(
          Refuse.with(
              Status.Code.ALREADY_EXISTS, "NAME_TAKEN", "name", request.getName(), "another"));
      return;
    }
    channels.create(request.getName());
    answer(
        channels.byName(request.getName()),
        request.getName(),
        channel -> CreateChannelResponse.newBuilder().setChannel(channel).build(),
        out);
  }

  @Override
  public void lookupChannel(
      LookupChannelRequest request, StreamObserver<LookupChannelResponse> out) {
    answer(
        channels.byName(request.getName()),
        request.getName(),
        channel -> LookupChannelResponse.newBuilder().setChannel(channel).build(),
        out);
  }

  @Override
  public void listChannels(ListChannelsRequest request, StreamObserver<ListChannelsResponse> out) {
    out.onNext(ListChannelsResponse.newBuilder().addAllChannels(channels.all()).build());
    out.onCompleted();
  }

  @Override
  public void joinChannel(JoinChannelRequest request, StreamObserver<JoinChannelResponse> out) {
    answer(
        channels.byId(request.getChannelId()),
        Long.toString(request.getChannelId()),
        channel -> JoinChannelResponse.newBuilder().setChannel(channel).build(),
        out);
  }

  @Override
  public void renameChannel(
      RenameChannelRequest request, StreamObserver<RenameChannelResponse> out) {
    channels.rename(request.getChannelId(), request.getName());
    answer(
        channels.byId(request.getChannelId()),
        Long.toString(request.getChannelId()),
        channel -> RenameChannelResponse.newBuilder().setChannel(channel).build(),
        out);
  }

  private static <R> void answer(
      Optional<Channel> channel,
      String value,
      Function<Channel, R> response,
      StreamObserver<R> out) {
    if (channel.isPresent()) {
      out.onNext(response.apply(channel.get()));
      out.onCompleted();
    } else {
      out.onError(
          Refuse.with(
              Status.Code.NOT_FOUND, "CHANNEL_NOT_FOUND", "name", value, "an existing channel"));
    }
  }
}
