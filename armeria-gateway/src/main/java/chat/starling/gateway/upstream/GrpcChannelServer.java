package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.CreateChannelResponse;
import chat.starling.api.internal.v1.DirectoryServiceGrpc.DirectoryServiceFutureStub;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceFutureStub;
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
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.common.util.SafeCloseable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One channel server over gRPC. Cancelling a future ends its call. */
record GrpcChannelServer(FeedServiceFutureStub feeds, DirectoryServiceFutureStub directory)
    implements ChannelServer {

  /** The same server for calls that end by then, with TIMEOUT if not otherwise. */
  ChannelServer within(Duration patience) {
    long nanos = patience.toNanos();
    return new GrpcChannelServer(
        feeds.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS),
        directory.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS));
  }

  @Override
  public CompletableFuture<AppendResponse> append(AppendRequest request, String traceparent) {
    if (traceparent.isEmpty()) {
      return call(() -> feeds.append(request));
    }
    try (SafeCloseable _ = Clients.withHeader("traceparent", traceparent)) {
      return call(() -> feeds.append(request));
    }
  }

  @Override
  public CompletableFuture<ReadEventsResponse> readEvents(ReadEventsRequest request) {
    return call(() -> feeds.readEvents(request));
  }

  @Override
  public CompletableFuture<ReadHistoryResponse> readHistory(ReadHistoryRequest request) {
    return call(() -> feeds.readHistory(request));
  }

  @Override
  public CompletableFuture<CreateChannelResponse> createChannel(CreateChannelRequest request) {
    return call(() -> directory.createChannel(request));
  }

  @Override
  public CompletableFuture<LookupChannelResponse> lookupChannel(LookupChannelRequest request) {
    return call(() -> directory.lookupChannel(request));
  }

  @Override
  public CompletableFuture<ListChannelsResponse> listChannels(ListChannelsRequest request) {
    return call(() -> directory.listChannels(request));
  }

  @Override
  public CompletableFuture<JoinChannelResponse> joinChannel(JoinChannelRequest request) {
    return call(() -> directory.joinChannel(request));
  }

  @Override
  public CompletableFuture<GetMembershipResponse> membership(GetMembershipRequest request) {
    return call(() -> directory.getMembership(request));
  }

  private static <T> CompletableFuture<T> call(Supplier<ListenableFuture<T>> rpc) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    ListenableFuture<T> calling = rpc.get();
    Futures.addCallback(
        calling,
        new FutureCallback<T>() {
          @Override
          public void onSuccess(T result) {
            answer.complete(result);
          }

          @Override
          public void onFailure(Throwable fault) {
            answer.completeExceptionally(AttemptFaults.refused(fault));
          }
        },
        MoreExecutors.directExecutor());
    var _ =
        answer.whenComplete((result, fault) -> {
          if (answer.isCancelled()) {
            calling.cancel(true);
          }
        });
    return answer;
  }
}
