package chat.starling.bench;

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

/**
 * Calls a channel server as a gateway does: over one HTTP/2 connection, and again with the same
 * nonce when it is refused for the moment.
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
  private final LongAdder refused = new LongAdder();

  ChannelServerClient(InetSocketAddress server) {
    var clients =
        GrpcClients.builder("gproto+h2c://" + server.getHostString() + ":" + server.getPort() + "/")
            .factory(connection)
            .responseTimeout(PATIENCE)
            .maxResponseLength(0);
    feeds = clients.build(FeedServiceStub.class);
    directory = clients.build(DirectoryServiceStub.class);
  }

  CompletionStage<AppendResponse> append(AppendRequest request) {
    return untilTaken(observer -> feeds.append(request, observer), 1);
  }

  CompletionStage<ReadHistoryResponse> readHistory(ReadHistoryRequest request) {
    return untilTaken(observer -> feeds.readHistory(request, observer), 1);
  }

  /** Makes a channel, with its creator as its first member; completes with its id. */
  CompletionStage<Long> createChannel(String name, long creatorId) {
    var request =
        CreateChannelRequest.newBuilder()
            .setWorkspaceId(WORKSPACE)
            .setName(name)
            .setCreatorId(creatorId)
            .build();
    return untilTaken(
            (StreamObserver<CreateChannelResponse> answer) ->
                directory.createChannel(request, answer),
            1)
        .thenApply(created -> created.getChannel().getChannelId());
  }

  /** Makes the user a member. */
  CompletionStage<JoinChannelResponse> joinChannel(long channelId, long userId) {
    var request = JoinChannelRequest.newBuilder().setChannelId(channelId).setUserId(userId).build();
    return untilTaken(answer -> directory.joinChannel(request, answer), 1);
  }

  /** How often a call was refused for the moment, so far. */
  long refused() {
    return refused.sum();
  }

  @Override
  public void close() {
    connection.close();
  }

  private <T> CompletionStage<T> untilTaken(Call<T> call, int tries) {
    Answer<T> answer = new Answer<>();
    call.begin(answer);
    return answer.exceptionallyCompose(fault -> {
      if (!FOR_THE_MOMENT.contains(Status.fromThrowable(fault).getCode()) || tries == MAX_TRIES) {
        return CompletableFuture.failedStage(fault);
      }
      refused.increment();
      return CompletableFuture.supplyAsync(() -> untilTaken(call, tries + 1), SOON)
          .thenCompose(again -> again);
    });
  }

  /** Begins a unary call. */
  private interface Call<T> {
    void begin(StreamObserver<T> answer);
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
