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
import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.rpc.RefusalHandler;
import chat.starling.platform.rpc.RefusalStatus;
import chat.starling.platform.settings.HostPort;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.util.SafeCloseable;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A channel server over gRPC. */
final class GrpcChannelServer implements ChannelServer {

  private static final long MAX_ANSWER = 64L * 1024 * 1024;

  private final FeedServiceFutureStub feeds;
  private final DirectoryServiceFutureStub directory;

  GrpcChannelServer(HostPort address, Duration timeout, ClientFactory connections) {
    var client =
        GrpcClients.builder("gproto+h2c://" + address)
            .factory(connections)
            .responseTimeout(timeout)
            .maxResponseLength(MAX_ANSWER)
            .maxResponseMessageLength((int) MAX_ANSWER);
    feeds = client.build(FeedServiceFutureStub.class);
    directory = client.build(DirectoryServiceFutureStub.class);
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
    Futures.addCallback(
        rpc.get(),
        new FutureCallback<T>() {
          @Override
          public void onSuccess(T result) {
            answer.complete(result);
          }

          @Override
          public void onFailure(Throwable fault) {
            answer.completeExceptionally(refused(fault));
          }
        },
        MoreExecutors.directExecutor());
    return answer;
  }

  private static RefusedException refused(Throwable fault) {
    Status status = Status.fromThrowable(fault);
    if (RefusalStatus.fromThrowable(fault).isEmpty() && isOutcomeUnknown(status)) {
      return Refuse.because(Reason.REASON_TIMEOUT)
          .message("the connection to the channel's owner was lost before its answer")
          .toException();
    }
    return new RefusedException(RefusalHandler.refusal(status, fault));
  }

  /** The request may have been received: a lost connection is no sign that nothing was done. */
  private static boolean isOutcomeUnknown(Status status) {
    return switch (status.getCode()) {
      case CANCELLED, UNKNOWN -> true;
      case UNAVAILABLE ->
          status.getCause() != null && !(status.getCause() instanceof UnprocessedRequestException);
      default -> false;
    };
  }
}
