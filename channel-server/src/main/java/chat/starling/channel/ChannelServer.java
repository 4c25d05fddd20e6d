package chat.starling.channel;

import chat.starling.channel.directory.Directory;
import chat.starling.channel.owner.AppendTrace;
import chat.starling.channel.owner.FeedContext;
import chat.starling.channel.owner.FeedMetrics;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.channel.rpc.AppendSpans;
import chat.starling.channel.rpc.DirectoryRpc;
import chat.starling.channel.rpc.FeedRpc;
import chat.starling.channel.rpc.GatewayStreams;
import chat.starling.channel.store.CqlDirectory;
import chat.starling.channel.store.CqlStores;
import chat.starling.otel.Telemetry;
import chat.starling.otel.TelemetryOptions;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import chat.starling.platform.storage.Schema;
import chat.starling.platform.time.SystemTime;
import com.datastax.oss.driver.api.core.CqlSession;
import com.linecorp.armeria.server.Server;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel server from its start to its end: the store's session, the feeds on their loops, the
 * directory, and the gRPC services in front of them.
 */
public final class ChannelServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChannelServer.class);
  private static final String SERVICE = "channel-server";
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private final Telemetry telemetry;
  private final CqlSession session;
  private final FeedLoops loops;
  private final FeedOwner owner;
  private final GatewayStreams streams;
  private final Server server;
  private final Duration stopPatience;

  private ChannelServer(ChannelServerSettings settings, InstantSource clock) {
    telemetry = Telemetry.start(options(settings));
    session = CqlStore.connect(settings.cql(), SERVICE);
    Schema.apply(session, settings.cql(), ChannelServer.class, "schema.cql");
    CqlTables tables = new CqlTables(session, settings.cql());
    CqlStores stores = CqlStores.open(tables, settings.feed().logRetention());
    SnowflakeMint mint = new SnowflakeMint(settings.server().worker(), clock);
    FeedMetrics metrics = new FeedMetrics(telemetry.meter());
    long epoch = stores.takeEpoch();
    loops = FeedLoops.start(Runtime.getRuntime().availableProcessors());
    owner =
        new FeedOwner(
            new FeedContext(
                feed -> epoch,
                stores.feeds(),
                settings.feed().bounds(loops.all().size()),
                mint,
                clock,
                new AppendTrace(telemetry.tracer()),
                metrics),
            loops.all());
    streams =
        new GatewayStreams(
            metrics, settings.feed().maxSubscriptions(), settings.feed().maxOutboundBytes());
    AppendSpans spans = new AppendSpans(telemetry.tracer(), metrics, SystemTime.monotonic());
    server =
        ServicePort.of(
            settings.server(),
            REQUEST_TIMEOUT,
            new FeedRpc(owner, spans, streams),
            new DirectoryRpc(new Directory(new CqlDirectory(tables), mint::next)));
    stopPatience = settings.feed().stopPatience();
    log.info("epoch {}, worker {}", epoch, settings.server().worker());
  }

  /** Starts a server; returns once it serves. */
  public static ChannelServer start(ChannelServerSettings settings) {
    return start(settings, SystemTime.wall());
  }

  /** Starts a server that takes the time of day from this clock. */
  static ChannelServer start(ChannelServerSettings settings, InstantSource clock) {
    ChannelServer channelServer = new ChannelServer(settings, clock);
    channelServer.owner.start();
    channelServer.server.start().join();
    log.info("serving on {}:{}", settings.server().host(), channelServer.port());
    return channelServer;
  }

  /** The port that it listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  /** How many feeds are active. */
  CompletionStage<Integer> activeFeeds() {
    return owner.active();
  }

  /** Ends the streams, finishes what is under way for a bounded time, and closes everything. */
  @Override
  public void close() {
    streams.stop();
    owner.stop(stopPatience).toCompletableFuture().join();
    server.stop().join();
    loops.stop();
    session.close();
    telemetry.close();
  }

  private static TelemetryOptions options(ChannelServerSettings settings) {
    return new TelemetryOptions(
        SERVICE,
        SERVICE + "-" + settings.server().worker(),
        settings.telemetry().otlpEndpoint(),
        settings.telemetry().sampleRatio());
  }
}
