package chat.starling.channel;

import chat.starling.api.v1.Reason;
import chat.starling.channel.directory.Directory;
import chat.starling.channel.feed.FeedOutbox;
import chat.starling.channel.heads.StoredHeads;
import chat.starling.channel.lookup.Lookup;
import chat.starling.channel.owner.AppendTrace;
import chat.starling.channel.owner.FeedContext;
import chat.starling.channel.owner.FeedLoad;
import chat.starling.channel.owner.FeedMetrics;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.channel.owner.FeedStores;
import chat.starling.channel.owner.MarkStamps;
import chat.starling.channel.owner.OwnerHints;
import chat.starling.channel.owner.OwnershipDriver;
import chat.starling.channel.owner.OwnershipDriver.Self;
import chat.starling.channel.owner.OwnershipStores;
import chat.starling.channel.owner.ShardKeepers;
import chat.starling.channel.owner.heads.HeadBounds;
import chat.starling.channel.owner.heads.HeadOwner;
import chat.starling.channel.owner.heads.HeadReporter;
import chat.starling.channel.peer.PeerRelays;
import chat.starling.channel.peer.PeerWorkspaceOwners;
import chat.starling.channel.relay.RelayRules;
import chat.starling.channel.report.Reports;
import chat.starling.channel.rpc.AdministrationRpc;
import chat.starling.channel.rpc.AppendSpans;
import chat.starling.channel.rpc.AppendStreams;
import chat.starling.channel.rpc.Appends;
import chat.starling.channel.rpc.DirectoryRpc;
import chat.starling.channel.rpc.FeedRpc;
import chat.starling.channel.rpc.GatewayStreams;
import chat.starling.channel.rpc.HeadRpc;
import chat.starling.channel.rpc.LookupRpc;
import chat.starling.channel.rpc.OperationsRpc;
import chat.starling.channel.rpc.ReportRpc;
import chat.starling.channel.store.CqlDirectory;
import chat.starling.channel.store.CqlLookup;
import chat.starling.channel.store.CqlReports;
import chat.starling.channel.store.CqlStores;
import chat.starling.channel.store.outbox.KafkaOutbox;
import chat.starling.channel.store.ownership.CqlLeaseStore;
import chat.starling.channel.store.ownership.CqlRingStore;
import chat.starling.channel.store.ownership.CqlShardOwnerStore;
import chat.starling.channel.store.ownership.OwnershipTables;
import chat.starling.channel.workspace.Workspaces;
import chat.starling.otel.Telemetry;
import chat.starling.otel.TelemetryOptions;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import chat.starling.platform.storage.Schema;
import chat.starling.platform.time.SystemTime;
import com.datastax.oss.driver.api.core.CqlSession;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel server from its start to its end: the store's session, the shards that it owns and the
 * feeds in them, the directory, and the gRPC services in front of them.
 */
public final class ChannelServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChannelServer.class);
  private static final String SERVICE = "channel-server";
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private final ChannelServerSettings settings;
  private final Telemetry telemetry;
  private final CqlSession session;
  private final @Nullable KafkaOutbox kafka;
  private final FeedLoops loops;
  private final RingHolder ring = new RingHolder();
  private final SnowflakeMint mint;
  private final OwnershipDriver ownership;
  private final HeadOwner heads;
  private final PeerWorkspaceOwners workspaces;
  private final HeadReporter reporter;
  private final RelayRules relayRules;
  private final PeerRelays relays;
  private final FeedOwner feeds;
  private final GatewayStreams streams;
  private final AppendStreams appendStreams;
  private final SettableHealthChecker health = new SettableHealthChecker(false);
  private final Server server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private ChannelServer(ChannelServerSettings settings, InstantSource clock) {
    this.settings = settings;
    telemetry = Telemetry.start(options(settings));
    session = CqlStore.connect(settings.cql(), SERVICE);
    kafka =
        settings.outbox().isKept() ? KafkaOutbox.open(settings.outbox(), telemetry.meter()) : null;
    Schema.apply(session, settings.cql(), ChannelServer.class, "schema.cql");
    OwnershipTables.create(session, settings.cql());
    CqlTables tables = new CqlTables(session, settings.cql());
    mint = new SnowflakeMint(clock);
    loops = FeedLoops.start(Runtime.getRuntime().availableProcessors());
    ownership =
        new OwnershipDriver(
            settings.ownership(),
            ownershipStores(),
            ring,
            new SecureRandom()::nextLong,
            loops.ownership(),
            SystemTime.monotonic());
    FeedMetrics metrics = new FeedMetrics(telemetry.meter());
    CqlDirectory directory = new CqlDirectory(tables);
    OwnerHints hints =
        new OwnerHints(settings.server().id(), ring, ownership.owned(), ownership::sought);
    FeedStores stores =
        CqlStores.open(
            tables, settings.feed().logRetention(), kafka == null ? FeedOutbox.NONE : kafka);
    StoredHeads stored = new StoredHeads(directory, stores.heads());
    HeadBounds bounds = settings.heads().bounds(settings.feed().headInterval());
    heads = new HeadOwner(stored, hints, bounds, loops.heads(), SystemTime.monotonic());
    workspaces =
        new PeerWorkspaceOwners(
            settings.server().id(), ring, heads, settings.heads().reportTimeout());
    reporter = new HeadReporter(stored, workspaces, bounds, loops.heads(), SystemTime.monotonic());
    relayRules = new RelayRules(settings.server().id(), ring, settings.feed().relayDegree());
    relays =
        new PeerRelays(
            relayRules,
            settings.feed().relayBounds(),
            settings.feed().relayIdleTime(),
            loops.relays());
    feeds = new FeedOwner(context(hints, stores, clock, metrics), loops.all());
    Workspaces rows = new Workspaces(stores.workspaces(), clock);
    streams =
        new GatewayStreams(
            metrics,
            settings.feed().maxSubscriptions(),
            settings.feed().maxOutboundBytes(),
            ring,
            ownership::heard,
            heads,
            relays);
    Appends appends =
        new Appends(feeds, new AppendSpans(telemetry.tracer(), metrics, SystemTime.monotonic()));
    appendStreams =
        new AppendStreams(
            appends, settings.feed().maxStreamAppends(), settings.feed().maxOutboundBytes());
    server =
        ServicePort.of(
            settings.server(),
            REQUEST_TIMEOUT,
            health,
            new FeedRpc(feeds, appends, appendStreams, streams),
            new HeadRpc(heads),
            new DirectoryRpc(new Directory(directory, rows::isAdministrator, this::newId)),
            new AdministrationRpc(feeds, rows),
            new ReportRpc(new Reports(new CqlReports(tables), this::newId)),
            new LookupRpc(new Lookup(new CqlLookup(tables), stores.workspaces(), clock)),
            new OperationsRpc(settings.server().id(), ring, ownership, feeds));
  }

  /** Starts a server; returns once its port is open. It is healthy once it has its shards. */
  public static ChannelServer start(ChannelServerSettings settings) {
    return start(settings, SystemTime.wall());
  }

  /** Starts a server that takes the time of day from this clock. */
  static ChannelServer start(ChannelServerSettings settings, InstantSource clock) {
    ChannelServer channelServer = new ChannelServer(settings, clock);
    channelServer.begin();
    return channelServer;
  }

  private void begin() {
    feeds.start();
    heads.start();
    reporter.start();
    relays.start();
    server.start().join();
    Self self = settings.server().self(port());
    ownership
        .start(self, new ShardKeepers(feeds, heads), this::viewed)
        .thenRun(() -> {
          log.info("{} has its shards", self.serverId());
          health.setHealthy(true);
        });
    log.info("{} serves on {}", self.serverId(), self.address());
  }

  /** The port that it listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  /** Whether the server has had all shards that its view of the ring gives it. */
  boolean isHealthy() {
    return health.isHealthy();
  }

  /** What is going on in its feeds. */
  CompletionStage<FeedLoad> load() {
    return feeds.load();
  }

  /**
   * Hands the shards over to the other servers, leaves the ring, and closes everything. What takes
   * longer than the settings allow is cut off: then the others wait for the lease to end.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      health.setHealthy(false);
      handOver();
      appendStreams.stop();
      streams.stop();
      end();
    }
  }

  /** Ends it as a kill would: nothing is handed over, and what is in flight is dropped. */
  void crash() {
    if (closed.compareAndSet(false, true)) {
      loops.stop();
      end();
    }
  }

  private void end() {
    relays.close();
    server.stop().join();
    feeds.end();
    loops.stop();
    workspaces.close();
    if (kafka != null) {
      kafka.close();
    }
    session.close();
    telemetry.close();
  }

  private void handOver() {
    reporter.hurry();
    ownership
        .stop()
        .toCompletableFuture()
        .completeOnTimeout(null, settings.feed().stopPatience().toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private void viewed(RingView view) {
    view.member(settings.server().id())
        .filter(member -> member.incarnation() == ownership.incarnation())
        .ifPresent(member -> mint.assign(member.worker()));
    workspaces.viewed(view);
    relays.viewed(view);
    streams.show(view);
  }

  /** Two servers never share a worker number, as long as only living ones make ids. */
  private long newId() {
    if (!ownership.valid()) {
      throw Refuse.because(Reason.REASON_UNAVAILABLE)
          .message("this server is not a member of the ring now")
          .retryAfter(Duration.ofSeconds(1))
          .toException();
    }
    return mint.next();
  }

  private FeedContext context(
      OwnerHints hints, FeedStores stores, InstantSource clock, FeedMetrics metrics) {
    return new FeedContext(
        ownership::valid,
        hints,
        stores,
        settings.feed().bounds(loops.all().size(), settings.workspace().bounds()),
        mint,
        new MarkStamps(clock),
        clock,
        SystemTime.monotonic(),
        new AppendTrace(telemetry.tracer()),
        metrics,
        reporter,
        relayRules);
  }

  private OwnershipStores ownershipStores() {
    OwnershipTables tables =
        new OwnershipTables(session, settings.cql(), settings.ownership().storeTimeout());
    return new OwnershipStores(
        new CqlLeaseStore(tables),
        new CqlRingStore(tables, SERVICE),
        new CqlShardOwnerStore(tables));
  }

  private static TelemetryOptions options(ChannelServerSettings settings) {
    return new TelemetryOptions(
        SERVICE,
        settings.server().id(),
        settings.telemetry().otlpEndpoint(),
        settings.telemetry().sampleRatio());
  }
}
