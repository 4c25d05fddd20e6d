package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceBlockingStub;
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
import chat.starling.channel.rpc.AppendSpans;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real services in front of a store that does not answer. */
class AppendTimeoutIT {

  private static final long CHANNEL = 5;
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
          new FeedRpc(owner(), spans(), streams()));

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
                new OwnerHints("test", ring, new OwnedShards()),
                stores.asStores(),
                settings.feed().bounds(1),
                new SnowflakeMint(1, SystemTime.wall()),
                new MarkStamps(SystemTime.wall()),
                SystemTime.wall(),
                new AppendTrace(OFF.getTracer("")),
                metrics,
                HeadListener.NONE),
            loops.all());
    owner.opened(Shard.of(FeedId.channel(CHANNEL)), 1);
    return owner;
  }

  private AppendSpans spans() {
    return new AppendSpans(OFF.getTracer(""), metrics, SystemTime.monotonic());
  }

  private GatewayStreams streams() {
    return new GatewayStreams(metrics, 1, 65_536, ring, view -> {}, new NoHeads());
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
