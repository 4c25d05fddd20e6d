package chat.starling.gateway.rpc;

import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.ChannelActs;
import chat.starling.gateway.administration.ChannelMembers;
import chat.starling.gateway.administration.ChannelPages;
import chat.starling.gateway.administration.Channels;
import chat.starling.gateway.administration.Entrance;
import chat.starling.gateway.administration.Finder;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.Invitations;
import chat.starling.gateway.administration.Reports;
import chat.starling.gateway.frames.ClientStreams;
import chat.starling.gateway.limits.ReportRates;
import chat.starling.gateway.runtime.SessionParts;
import chat.starling.gateway.runtime.UserChannels;
import chat.starling.platform.rpc.AcceptLoop;
import chat.starling.platform.rpc.RefusalHandler;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import com.linecorp.armeria.server.RejectedRouteHandler;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.docs.DocService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The gateway's two ports and what is served on each. */
public final class Ports {

  private static final Duration UNARY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** Envoy carries thousands of clients on one connection; a wave of them may leave at once. */
  private static final int MAX_RESETS_PER_MINUTE = 1_000_000;

  private static final long MAX_STREAMS = 1_000_000;

  private final SessionParts parts;
  private final ReportRates reportRates;
  private final ClientStreams streams;
  private final int maxFrameBytes;
  private final EventLoopGroup loops;
  private final SettableHealthChecker health;

  /**
   * @param reportRates how fast users report messages
   * @param streams opens sessions' streams
   * @param maxFrameBytes of a client's frame or request
   * @param loops that serve both ports
   */
  public Ports(
      SessionParts parts,
      ReportRates reportRates,
      ClientStreams streams,
      int maxFrameBytes,
      EventLoopGroup loops,
      SettableHealthChecker health) {
    this.parts = parts;
    this.reportRates = reportRates;
    this.streams = streams;
    this.maxFrameBytes = maxFrameBytes;
    this.loops = loops;
    this.health = health;
  }

  /**
   * The clients' port: gRPC and HTTP/JSON.
   *
   * @param tls what to speak TLS with; empty for clear text
   */
  public Server clients(PublicSettings settings, Optional<TlsKeyPair> tls) {
    SessionProtocol protocol = tls.isPresent() ? SessionProtocol.HTTPS : SessionProtocol.HTTP;
    ServerBuilder server =
        server(settings.address(), protocol).maxNumConnections(settings.maxConnections());
    tls.ifPresent(server::tls);
    sessions(server);
    server.service(
        grpc()
            .enableHttpJsonTranscoding(
                HttpJsonTranscodingOptions.builder().errorHandler(new JsonErrors()).build())
            .jsonMarshallerFactory(service -> GrpcJsonMarshaller.ofGson())
            .build());
    return server.serviceUnder("/", new Unmatched()).build();
  }

  /** The operators' port: the same services with reflection, docs and health. */
  public Server operators(InetSocketAddress address) {
    ServerBuilder server = server(address, SessionProtocol.HTTP);
    sessions(server);
    server.service(
        grpc()
            .addService(ProtoReflectionServiceV1.newInstance())
            .enableUnframedRequests(true)
            .unframedGrpcErrorHandler(new JsonErrors())
            .jsonMarshallerFactory(service -> GrpcJsonMarshaller.ofGson())
            .build());
    server.serviceUnder("/docs", new DocService());
    return server.serviceUnder("/", new Unmatched()).build();
  }

  private ServerBuilder server(InetSocketAddress address, SessionProtocol protocol) {
    return Server.builder()
        .port(address, protocol)
        .workerGroup(loops, false)
        .bossGroupFactory(AcceptLoop::named)
        .idleTimeoutMillis(0)
        .requestTimeout(UNARY_TIMEOUT)
        .maxRequestLength(maxFrameBytes * 2L)
        .http2MaxStreamsPerConnection(MAX_STREAMS)
        .http2MaxResetFramesPerWindow(MAX_RESETS_PER_MINUTE, 60)
        .gracefulShutdownTimeout(Duration.ZERO, LAST_WORDS)
        .disableServerHeader()
        // Envoy says the date; here it would cost each session headers of its own.
        .disableDateHeader()
        .meterRegistry(unread())
        .errorHandler(new HttpErrors())
        .rejectedRouteHandler(RejectedRouteHandler.DISABLED)
        .service("/health", HealthCheckService.builder().checkers(health).build());
  }

  /**
   * A registry that nobody reads. One a port, since Armeria's meters have the same names on both.
   */
  private static MeterRegistry unread() {
    return new CompositeMeterRegistry();
  }

  /** Put before the generated services, whose own Connect and Listen are never reached. */
  private void sessions(ServerBuilder server) {
    server
        .route()
        .path("/" + SessionServiceGrpc.getConnectMethod().getFullMethodName())
        .maxRequestLength(0)
        .requestTimeoutMillis(0)
        .build(new ConnectService(parts, streams, maxFrameBytes));
    server
        .route()
        .path("/" + SessionServiceGrpc.getListenMethod().getFullMethodName())
        .requestTimeoutMillis(0)
        .build(new ListenService(parts, streams, maxFrameBytes));
  }

  private GrpcServiceBuilder grpc() {
    Caller caller = new Caller(parts.signIn(), parts.blocking());
    Acts acts = new Acts(parts.servers(), parts.telemetry());
    UserChannels memberships = new UserChannels(parts.servers());
    Insiders insiders = new Insiders(parts.permits());
    Entrance entrance = new Entrance(acts, insiders, parts.edge());
    Channels channels = new Channels(parts.permits(), insiders, memberships);
    ChannelActs channelActs = new ChannelActs(acts, channels);
    MemberChanges memberChanges = new MemberChanges(caller, acts, insiders);
    return GrpcService.builder()
        .addServiceDefinitions(
            List.of(
                CheckedService.of(new SubmitRpc(parts.sessions())),
                CheckedService.of(
                    new HistoryRpc(caller, parts.permits(), parts.servers(), parts.edge().users())),
                CheckedService.of(
                    new ModerationRpc(caller, parts.permits(), parts.servers(), acts, insiders)),
                CheckedService.of(
                    new ReportRpc(
                        caller,
                        parts.permits(),
                        reportRates,
                        new Reports(parts.servers()),
                        acts,
                        insiders)),
                CheckedService.of(
                    new ChannelRpc(
                        caller,
                        parts.servers(),
                        parts.bumps(),
                        new ChannelChanges(caller, acts, channelActs, channels),
                        channels,
                        new ChannelPages(parts.servers(), insiders, channels, memberships))),
                CheckedService.of(new WorkspaceRpc(caller, acts, insiders, entrance)),
                CheckedService.of(
                    new InvitationRpc(
                        caller, acts, entrance, new Invitations(parts.servers(), insiders))),
                CheckedService.of(new RoleRpc(caller, acts, insiders, memberChanges)),
                CheckedService.of(new MemberRpc(caller, memberChanges, insiders, parts.servers())),
                CheckedService.of(new AuditRpc(caller, acts)),
                CheckedService.of(new OverrideRpc(caller, channelActs, channels)),
                CheckedService.of(
                    new LookupRpc(
                        caller,
                        parts.edge(),
                        insiders,
                        channels,
                        new Finder(parts.servers(), channels),
                        new ChannelMembers(parts.servers(), channels, parts.edge().users())))))
        .useMethodMarshaller(true)
        .maxRequestMessageLength(maxFrameBytes)
        .exceptionHandler(new RefusalHandler());
  }
}
