package chat.starling.bench;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.AdministrationServiceGrpc.AdministrationServiceStub;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.CreateChannelResponse;
import chat.starling.api.internal.v1.DirectoryServiceGrpc.DirectoryServiceStub;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.api.internal.v1.JoinChannelRequest;
import chat.starling.api.internal.v1.JoinChannelResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClientBuilder;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls a channel server as a gateway does: over one HTTP/2 connection, appends on one stream, and
 * again with the same nonce when it is refused for the moment.
 */
final class ChannelServerClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Executor SOON =
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, Runnable::run);
  private static final Set<Status.Code> FOR_THE_MOMENT =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.ABORTED,
          Status.Code.FAILED_PRECONDITION);
  private static final long WORKSPACE = 1;
  private static final int MAX_TRIES = 1_500;

  private final ClientFactory connection = ClientFactory.builder().build();
  private final FeedServiceStub feeds;
  private final DirectoryServiceStub directory;
  private final AdministrationServiceStub administration;
  private final AppendLine appends;
  private final LongAdder refused = new LongAdder();

  ChannelServerClient(InetSocketAddress server) {
    GrpcClientBuilder unary = client(server, PATIENCE);
    feeds = unary.build(FeedServiceStub.class);
    directory = unary.build(DirectoryServiceStub.class);
    administration = unary.build(AdministrationServiceStub.class);
    appends =
        new AppendLine(
            client(server, Duration.ZERO).build(FeedServiceStub.class),
            connection.eventLoopGroup().next());
  }

  private GrpcClientBuilder client(InetSocketAddress server, Duration timeout) {
    String at = "gproto+h2c://" + server.getHostString() + ":" + server.getPort() + "/";
    return GrpcClients.builder(at)
        .factory(connection)
        .responseTimeout(timeout)
        .maxResponseLength(0);
  }

  CompletionStage<AppendResponse> append(AppendRequest request) {
    return untilTaken(() -> appends.append(request), 1);
  }

  CompletionStage<ReadHistoryResponse> readHistory(ReadHistoryRequest request) {
    return unary(answer -> feeds.readHistory(request, answer));
  }

  /** Makes a channel, with its creator as its first member; completes with its id. */
  CompletionStage<Long> createChannel(String name, long creatorId) {
    var request =
        CreateChannelRequest.newBuilder()
            .setWorkspaceId(WORKSPACE)
            .setName(name)
            .setCreatorId(creatorId)
            .build();
    return this.<CreateChannelResponse>unary(answer -> directory.createChannel(request, answer))
        .thenApply(created -> created.getChannel().getChannelId());
  }

  /** Makes the user a member. */
  CompletionStage<JoinChannelResponse> joinChannel(long channelId, long userId) {
    var request = JoinChannelRequest.newBuilder().setChannelId(channelId).setUserId(userId).build();
    return unary(answer -> directory.joinChannel(request, answer));
  }

  /** Does an act on a workspace. */
  CompletionStage<AdministerResponse> administer(AdministerRequest request) {
    return unary(answer -> administration.administer(request, answer));
  }

  /** How often a call was refused for the moment, so far. */
  long refused() {
    return refused.sum();
  }

  @Override
  public void close() {
    connection.close();
  }

  private <T> CompletionStage<T> unary(Consumer<StreamObserver<T>> call) {
    return untilTaken(
        () -> {
          Answer<T> answer = new Answer<>();
          call.accept(answer);
          return answer;
        },
        1);
  }

  private <T> CompletionStage<T> untilTaken(Supplier<CompletableFuture<T>> call, int tries) {
    return call.get()
        .exceptionallyCompose(fault -> {
          if (!FOR_THE_MOMENT.contains(Status.fromThrowable(fault).getCode())
              || tries == MAX_TRIES) {
            return CompletableFuture.failedStage(fault);
          }
          refused.increment();
          return CompletableFuture.supplyAsync(() -> untilTaken(call, tries + 1), SOON)
              .thenCompose(again -> again);
        });
  }

  /** The answer to a unary call. */
  private static final class Answer<T> extends CompletableFuture<T> implements StreamObserver<T> {

    @Override
    public void onNext(T value) {
      complete(value);
    }

    @Override
    public void onError(Throwable fault) {
      completeExceptionally(fault);
    }

    @Override
    public void onCompleted() {}
  }
}
