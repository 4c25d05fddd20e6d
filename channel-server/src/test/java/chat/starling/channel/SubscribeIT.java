package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.rpc.RefusalStatus;
import chat.starling.platform.time.SystemTime;
import com.linecorp.armeria.client.ClientFactory;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubscribeIT {

  private static final int LAST = 40;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "subscribe",
            SystemTime.wall(),
            Map.of(
                "feed.tail-events", "10",
                "feed.max-replay", "30",
                "feed.max-outbound-bytes", "65536"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void replay_fromTheTailAndFromTheLog_isWholeAndGoesOnLive() {
    long channel = 100;
    appendAll(channel, 1, LAST);
    TestGateway near = subscribed(channel, LAST - 3);
    TestGateway far = subscribed(channel, LAST - 30);
    TestGateway tooFar = subscribed(channel, LAST - 31);
    appendAll(channel, LAST + 1, LAST + 2);
    assertSeqs(near, channel, LAST - 2);
    assertSeqs(far, channel, LAST - 29);
    assertSeqs(tooFar, channel, LAST + 1);
    assertThat(tooFar.added(channel).getFirst().getFromSeq()).isEqualTo(LAST);
    assertThat(far.added(channel).getFirst().getLastSeq()).isEqualTo(LAST);
  }

  @Test
  void subscription_removedAndAddedAgain_startsAnew() {
    long channel = 101;
    appendAll(channel, 1, 2);
    TestGateway gateway = subscribed(channel, 0);
    await().untilAsserted(() -> assertThat(gateway.seqs(channel)).containsExactly(1L, 2L));
    gateway.remove(channel);
    gateway.add(102);
    await().until(() -> !gateway.added(102).isEmpty());
    appendAll(channel, 3, 3);
    gateway.add(channel, 1);
    await().untilAsserted(() -> assertThat(gateway.seqs(channel)).containsExactly(1L, 2L, 2L, 3L));
  }

  @Test
  void gateway_thatDoesNotRead_isCutOffAndNobodyElseNotices() {
    long channel = 103;
    int count = 400;
    try (ClientFactory connection = ClientFactory.builder().build()) {
      Deaf deaf = new Deaf();
      server.feeds(connection).subscribe(deaf);
      deaf.add(channel);
      TestGateway reader = subscribed(channel, 0);
      for (int i = 1; i <= count; i++) {
        server
            .blockingFeeds()
            .append(Requests.append(channel, Requests.nonce(1, i), "x".repeat(4_000)).build());
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(reader.seqs(channel)).hasSize(count));
      deaf.listen();
      assertThat(RefusalStatus.fromThrowable(deaf.end.join()).map(Refusal::getReason))
          .contains(Reason.REASON_OVERLOADED);
    }
  }

  private static TestGateway subscribed(long channel, long after) {
    TestGateway gateway = new TestGateway(server.feeds());
    gateway.add(channel, after);
    await().until(() -> !gateway.added(channel).isEmpty());
    return gateway;
  }

  private static void appendAll(long channel, int from, int to) {
    for (int i = from; i <= to; i++) {
      server
          .blockingFeeds()
          .append(Requests.append(channel, Requests.nonce(1, i), "text " + i).build());
    }
  }

  private static void assertSeqs(TestGateway gateway, long channel, long first) {
    List<Long> expected = LongStream.rangeClosed(first, LAST + 2).boxed().toList();
    await().untilAsserted(() -> assertThat(gateway.seqs(channel)).isEqualTo(expected));
  }

  /** A gateway that takes nothing from its stream until it is told to listen. */
  private static final class Deaf
      implements ClientResponseObserver<SubscribeRequest, SubscribeResponse> {
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private final CompletableFuture<ClientCallStreamObserver<SubscribeRequest>> requests =
        new CompletableFuture<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<SubscribeRequest> call) {
      call.disableAutoRequestWithInitial(0);
      requests.complete(call);
    }

    void add(long channel) {
      requests
          .join()
          .onNext(
              SubscribeRequest.newBuilder()
                  .setAdd(SubscribeRequest.Add.newBuilder().setFeed(TestGateway.feed(channel)))
                  .build());
    }

    void listen() {
      requests.join().request(1_000_000);
    }

    @Override
    public void onNext(SubscribeResponse response) {}

    @Override
    public void onError(Throwable fault) {
      end.complete(fault);
    }

    @Override
    public void onCompleted() {
      end.completeExceptionally(new AssertionError("completed"));
    }
  }
}
