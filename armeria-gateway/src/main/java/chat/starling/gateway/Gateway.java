package chat.starling.gateway;

import chat.starling.gateway.limits.ReportRates;
import chat.starling.gateway.limits.SendRates;
import chat.starling.gateway.rpc.Ports;
import chat.starling.gateway.runtime.Admissions;
import chat.starling.gateway.runtime.BumpRelays;
import chat.starling.gateway.runtime.Drain;
import chat.starling.gateway.runtime.EdgeCache;
import chat.starling.gateway.runtime.KnownSizes;
import chat.starling.gateway.runtime.Metrics;
import chat.starling.gateway.runtime.Pages;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.runtime.Relays;
import chat.starling.gateway.runtime.SessionParts;
import chat.starling.gateway.runtime.Sessions;
import chat.starling.gateway.runtime.WorkspaceMetrics;
import chat.starling.gateway.signin.Keys;
import chat.starling.gateway.signin.SignIn;
import chat.starling.gateway.upstream.RingChannelServers;
import chat.starling.gateway.upstream.Rows;
import chat.starling.gateway.workspace.Replicas;
import chat.starling.otel.Telemetry;
import chat.starling.otel.TelemetryOptions;
import chat.starling.platform.settings.SettingsException;
import chat.starling.platform.settings.TelemetrySettings;
import chat.starling.platform.time.MonotonicClock;
import chat.starling.platform.time.SystemTime;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway, put together from its parts. Closing it sends every client elsewhere. */
public final class Gateway implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /** How often it is looked at whether to ask to be trusted for longer. */
  private static final long TICK_MILLIS = 50;

  private final Telemetry telemetry;
  private final EventLoopGroup loops = EventLoopGroups.newEventLoopGroup(eventLoops());
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final RingChannelServers servers;
  private final Sessions sessions;
  private final Drain drain;
  private final SettableHealthChecker health = new SettableHealthChecker();
  private final Server clients;
  private final Server operators;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Gateway(GatewaySettings settings, Optional<TlsKeyPair> tls) {
    telemetry = Telemetry.start(options(settings));
    servers =
        new RingChannelServers(
            settings.channelServers(),
            settings.limits().appendTimeout(),
            settings.upstream(),
            loops,
            SystemTime.monotonic(),
            telemetry.meter());
    sessions = new Sessions(settings.session().maxSessions(), settings.session().resumeWindow());
    drain = new Drain(sessions, settings.departures(), loops);
    Ports ports =
        new Ports(
            parts(settings),
            new ReportRates(
                settings.rates().report(),
                settings.rates().remembered(),
                SystemTime.monotonic()::nanos),
            settings.delivery().streams(),
            settings.limits().maxFrameBytes(),
            loops,
            health);
    clients = ports.clients(settings.public_(), tls);
    operators =
        ports.operators(
            new InetSocketAddress(settings.internal().host(), settings.internal().port()));
  }

  /**
   * Starts a gateway; returns once both ports listen.
   *
   * @throws SettingsException when the certificate or its key cannot be used
   */
  public static Gateway start(GatewaySettings settings) {
    Gateway gateway = new Gateway(settings, settings.public_().tls());
    try {
      gateway.operators.start().join();
      gateway.clients.start().join();
    } catch (RuntimeException e) {
      gateway.end();
      throw e;
    }
    log.info("serving clients on {}, operators on {}", gateway.port(), gateway.internalPort());
    return gateway;
  }

  /** The port that clients reach. */
  public int port() {
    return clients.activeLocalPort();
  }

  /** The port that operators reach. */
  public int internalPort() {
    return operators.activeLocalPort();
  }

  /** Sends the sessions away first, which takes as long as the settings give them. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      health.setHealthy(false);
      drain.begin().join();
      end();
    }
  }

  private void end() {
    sessions.stop();
    CompletableFuture.allOf(clients.stop(), operators.stop()).join();
    servers.close();
    blocking.shutdown();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    telemetry.close();
  }

  private SessionParts parts(GatewaySettings settings) {
    MonotonicClock clock = SystemTime.monotonic();
    BumpRelays bumps =
        new BumpRelays(
            servers,
            settings.delivery().bumpInterval(),
            settings.cache().userChannelsTime(),
            new KnownSizes(
                servers,
                settings.delivery().pushMembers(),
                settings.cache().channelSizes(),
                settings.cache().channelSizeTime()),
            settings.delivery().pushes());
    bumps.observe(telemetry.meter());
    EdgeCache edge = new EdgeCache(servers, settings.edge());
    edge.observe(telemetry.meter());
    Replicas replicas = replicas(settings, clock);
    replicas.listen((workspace, channel, user, member) -> {
      if (member) {
        bumps.joined(user, workspace, channel);
      } else {
        bumps.left(user, workspace, channel);
      }
    });
    replicas.listen(edge);
    Permits permits = new Permits(replicas, SystemTime.wall(), settings.limits().appendTimeout());
    Relays relays =
        new Relays(
            servers,
            edge.users(),
            permits,
            settings.delivery().flow(),
            telemetry.tracer(),
            settings.delivery().ticks(),
            clock,
            settings.session().replayEvents());
    Metrics.observe(telemetry.meter(), sessions, relays);
    return new SessionParts(
        settings.sessionLimits(),
        new SendRates(
            settings.rates().user(),
            settings.rates().workspace(),
            settings.rates().remembered(),
            clock::nanos),
        Math.toIntExact(settings.rates().mentionInterval().toSeconds()),
        new Admissions(settings.admission().rules(), loops.next(), clock, telemetry.meter()),
        settings.limits().slowness(),
        settings.session().replayEvents(),
        signIn(settings),
        blocking,
        servers,
        permits,
        edge,
        new Pages(servers),
        relays,
        bumps,
        sessions,
        new Metrics(telemetry.meter()),
        telemetry,
        SystemTime.wall(),
        clock);
  }

  private Replicas replicas(GatewaySettings settings, MonotonicClock clock) {
    Replicas replicas =
        new Replicas(
            servers,
            new Rows(servers),
            new Replicas.Limits(
                settings.cache().permits(),
                settings.cache().channels(),
                settings.cache().workspaceTime().toNanos()),
            clock::nanos);
    var _ =
        loops
            .next()
            .scheduleWithFixedDelay(
                replicas::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    WorkspaceMetrics.observe(telemetry.meter(), replicas);
    return replicas;
  }

  private static SignIn signIn(GatewaySettings settings) {
    var keys = Keys.at(settings.auth().jwksUrl(), settings.auth().jwksMinInterval());
    return new SignIn(settings.tokenRules(), keys, SystemTime.wall());
  }

  private static TelemetryOptions options(GatewaySettings settings) {
    TelemetrySettings telemetry = settings.telemetry();
    return new TelemetryOptions(
        "gateway",
        settings.public_().host() + ":" + settings.public_().port(),
        telemetry.otlpEndpoint(),
        telemetry.sampleRatio());
  }

  /** One a processor: with more, each message wakes more threads than can run. */
  private static int eventLoops() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }
}
