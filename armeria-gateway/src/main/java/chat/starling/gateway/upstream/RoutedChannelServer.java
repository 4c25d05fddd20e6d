package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.CreateChannelResponse;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.GetMembershipResponse;
import chat.starling.api.internal.v1.JoinChannelRequest;
import chat.starling.api.internal.v1.JoinChannelResponse;
import chat.starling.api.internal.v1.ListChannelsRequest;
import chat.starling.api.internal.v1.ListChannelsResponse;
import chat.starling.api.internal.v1.LookupChannelRequest;
import chat.starling.api.internal.v1.LookupChannelResponse;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.gateway.routing.Calls;
import chat.starling.gateway.routing.Route;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whichever channel server a route leads to, tried again along it: every rpc may be repeated, an
 * append with its nonce.
 */
record RoutedChannelServer(Calls calls, Links links, Supplier<Route> routes)
    implements ChannelServer {

  @Override
  public CompletableFuture<AppendResponse> append(AppendRequest request, String traceparent) {
    return calls.run(
        routes.get(),
        true,
        (peer, again, patience) ->
            links.to(peer).within(patience).append(repeated(request, again), traceparent));
  }

  @Override
  public CompletableFuture<ReadEventsResponse> readEvents(ReadEventsRequest request) {
    return read(server -> server.readEvents(request));
  }

  @Override
  public CompletableFuture<ReadHistoryResponse> readHistory(ReadHistoryRequest request) {
    return read(server -> server.readHistory(request));
  }

  @Override
  public CompletableFuture<CreateChannelResponse> createChannel(CreateChannelRequest request) {
    return change(server -> server.createChannel(request));
  }

  @Override
  public CompletableFuture<LookupChannelResponse> lookupChannel(LookupChannelRequest request) {
    return read(server -> server.lookupChannel(request));
  }

  @Override
  public CompletableFuture<ListChannelsResponse> listChannels(ListChannelsRequest request) {
    return read(server -> server.listChannels(request));
  }

  @Override
  public CompletableFuture<JoinChannelResponse> joinChannel(JoinChannelRequest request) {
    return change(server -> server.joinChannel(request));
  }

  @Override
  public CompletableFuture<GetMembershipResponse> membership(GetMembershipRequest request) {
    return read(server -> server.membership(request));
  }

  private static AppendRequest repeated(AppendRequest request, boolean again) {
    return again ? request.toBuilder().setRetry(true).build() : request;
  }

  private <T> CompletableFuture<T> read(Function<ChannelServer, CompletableFuture<T>> rpc) {
    return run(false, rpc);
  }

  private <T> CompletableFuture<T> change(Function<ChannelServer, CompletableFuture<T>> rpc) {
    return run(true, rpc);
  }

  private <T> CompletableFuture<T> run(
      boolean changes, Function<ChannelServer, CompletableFuture<T>> rpc) {
    return calls.run(
        routes.get(),
        changes,
        (peer, again, patience) -> rpc.apply(links.to(peer).within(patience)));
  }
}
