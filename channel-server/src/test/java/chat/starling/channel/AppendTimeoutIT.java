package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceBlockingStub;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.heads.HeadListener;
import chat.starling.channel.owner.AppendTrace;
import chat.starling.channel.owner.FeedContext;
import chat.starling.channel.owner.FeedMetrics;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.channel.owner.MarkStamps;
import chat.starling.channel.owner.OwnerHints;
import chat.starling.channel.owner.heads.HeadSource;
import chat.starling.channel.owner.heads.HeadWatcher;
import chat.starling.channel.ownership.OwnedShards;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.relay.RelayRules;
import chat.starling.channel.relay.RelaySource;
import chat.starling.channel.relay.Stage;
import chat.starling.channel.rpc.AppendSpans;
import chat.starling.channel.rpc.AppendStreams;
import chat.starling.channel.rpc.Appends;
import chat.starling.channel.rpc.FeedRpc;
import chat.starling.channel.rpc.GatewayStreams;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.rpc.RefusalStatus;
import chat.starling.platform.settings.Settings;
import chat.starling.platform.time.SystemTime;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.healthcheck.HealthChecker;
import io.grpc.Status;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real services in front of a store that does not answer. */
class AppendTimeoutIT {

  private static final long CHANNEL = 5;
  private static final int MAX_STREAM_APPENDS = 2;
  private static final OpenTelemetry OFF = OpenTelemetry.noop();

  private final ChannelServerSettings settings =
      Settings.load(ChannelServerSettings.class, null, Map.of(), Map.of("server.port", "0"))
          .value();
  private final HeldStores stores = new HeldStores();
  private final RingHolder ring = new RingHolder();
  private final FeedLoops loops = FeedLoops.start(1);
  private final FeedMetrics metrics = new FeedMetrics(OFF.getMeter(""));
  private final Server server =
      ServicePort.of(
          settings.server(),
          Duration.ofMillis(300),
          HealthChecker.of(() -> CompletableFuture.completedFuture(null), Duration.ofHours(1)),
          rpc());

  @BeforeEach
  void start() {
    server.start().join();
  }

  @AfterEach
  void stop() {
    server.stop().join();
    loops.stop();
  }

  @Test
  void append_whoseWriteIsNotAnswered_endsWithTimeoutAndItsRetryFindsIt() {
    var request = Requests.append(CHANNEL, Requests.nonce(1, 1), "late");
    Throwable fault = catchThrowable(() -> client().append(request.build()));
    assertThat(RefusalStatus.fromThrowable(fault).map(Refusal::getReason))
        .contains(Reason.REASON_TIMEOUT);
    assertThat(Status.fromThrowable(fault).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);

    stores.release();
    AppendResponse retried = client().append(request.setRetry(true).build());
    assertThat(retried.getSeq()).isEqualTo(1);
    assertThat(retried.getDuplicate()).isTrue();
  }

  @Test
  void appendMany_whoseWritesAreNotAnswered_waitsUpToItsBound() {
    TestAppender appender = new TestAppender(streamClient());
    var sent = appender.send(LongStream.range(0, 3).mapToObj(i -> append(i).build()), "");
    assertThat(reason(catchThrowable(sent.get(2)::join))).contains(Reason.REASON_OVERLOADED);
    assertThat(reason(catchThrowable(() -> client().append(append(3).build()))))
        .as("a unary call's time is over by now")
        .contains(Reason.REASON_TIMEOUT);

    stores.release();
    assertThat(sent.get(0).join().getSeq()).isEqualTo(1);
    assertThat(sent.get(1).join().getSeq()).isEqualTo(2);
    assertThat(appender.send(append(4).build()).join().getSeq())
        .as("answers make room")
        .isEqualTo(4);
  }

  @Test
  void appendMany_cancelled_carriesOnWithWhatIsInFlight() {
    TestAppender appender = new TestAppender(streamClient());
    var sent = appender.send(LongStream.range(0, 3).mapToObj(i -> append(i).build()), "");
    assertThat(reason(catchThrowable(sent.get(2)::join))).isNotEmpty();
    appender.cancel();

    stores.release();
    AppendResponse retried = client().append(append(1).setRetry(true).build());
    assertThat(retried.getSeq()).isEqualTo(2);
    assertThat(retried.getDuplicate()).isTrue();
  }

  private static AppendRequest.Builder append(long number) {
    return Requests.append(CHANNEL, Requests.nonce(2, number), "text " + number);
  }

  private static Optional<Reason> reason(Throwable fault) {
    return RefusalStatus.fromThrowable(fault).map(Refusal::getReason);
  }

  private FeedServiceStub streamClient() {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + server.activeLocalPort() + "/")
        .responseTimeout(Duration.ZERO)
        .build(FeedServiceStub.class);
  }

  /** Far more patient than the server, which is the one that decides. */
  private FeedServiceBlockingStub client() {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + server.activeLocalPort() + "/")
        .responseTimeout(Duration.ofSeconds(60))
        .build(FeedServiceBlockingStub.class);
  }

  private FeedOwner owner() {
    FeedOwner owner =
        new FeedOwner(
            new FeedContext(
                () -> true,
                new OwnerHints("test", ring, new OwnedShards(), shard -> {}),
                stores.asStores(),
                settings.feed().bounds(1, settings.workspace().bounds()),
                new SnowflakeMint(1, SystemTime.wall()),
                new MarkStamps(SystemTime.wall()),
                SystemTime.wall(),
                SystemTime.monotonic(),
                new AppendTrace(OFF.getTracer("")),
                metrics,
                HeadListener.NONE,
                new RelayRules("test", ring, 32)),
            loops.all());
    owner.opened(Shard.of(FeedId.channel(CHANNEL)), 1);
    return owner;
  }

  private FeedRpc rpc() {
    FeedOwner owner = owner();
    Appends appends =
        new Appends(owner, new AppendSpans(OFF.getTracer(""), metrics, SystemTime.monotonic()));
    return new FeedRpc(
        owner,
        appends,
        new AppendStreams(appends, MAX_STREAM_APPENDS, 65_536),
        new GatewayStreams(metrics, 1, 65_536, ring, view -> {}, new NoHeads(), new NoRelays()));
  }

  /** Nothing is passed on here. */
  private static final class NoRelays implements RelaySource {
    @Override
    public void subscribe(
        FeedId feed, Stage stage, OptionalLong afterSeq, FeedSubscriber subscriber) {
      subscriber.refused(Reason.REASON_NOT_OWNER);
    }

    @Override
    public void unsubscribe(FeedId feed, FeedSubscriber subscriber) {}
  }

  /** Nobody watches here. */
  private static final class NoHeads implements HeadSource {
    @Override
    public void watch(long workspaceId, HeadWatcher watcher) {
      watcher.refused(Reason.REASON_NOT_OWNER);
    }

    @Override
    public void unwatch(long workspaceId, HeadWatcher watcher) {}
  }
}
