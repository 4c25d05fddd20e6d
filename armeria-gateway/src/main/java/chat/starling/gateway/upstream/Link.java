package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.AdministrationServiceGrpc.AdministrationServiceFutureStub;
import chat.starling.api.internal.v1.DirectoryServiceGrpc.DirectoryServiceFutureStub;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceFutureStub;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.api.internal.v1.LookupServiceGrpc.LookupServiceFutureStub;
import chat.starling.api.internal.v1.ReportStoreServiceGrpc.ReportStoreServiceFutureStub;
import chat.starling.gateway.routing.Peer;
import chat.starling.platform.time.MonotonicClock;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.grpc.GrpcClientBuilder;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.SessionProtocol;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The connection to one channel server with what is called over it. Each has connections of its
 * own, so that closing it leaves nothing that hangs on a server that is gone.
 */
final class Link {

  private static final int MAX_ANSWER = 64 * 1024 * 1024;

  private final ClientFactory connections;
  private final Circuit circuit;
  private final FeedServiceFutureStub feeds;
  private final DirectoryServiceFutureStub directory;
  private final LookupServiceFutureStub lookup;
  private final AdministrationServiceFutureStub administration;
  private final ReportStoreServiceFutureStub reports;
  private final AppendLine appends;
  private final FeedServiceStub streams;
  private volatile boolean answering;

  /**
   * @param loops carry its connections; they stay when it is closed
   * @throws IllegalArgumentException if the peer's host is no host name
   */
  Link(Peer peer, UpstreamSettings settings, EventLoopGroup loops, MonotonicClock clock) {
    Endpoint endpoint = Endpoint.of(peer.address().host(), peer.address().port());
    circuit = new Circuit(peer, settings, clock);
    connections =
        ClientFactory.builder()
            .workerGroup(loops, false)
            .connectTimeout(settings.connectTimeout())
            .pingInterval(settings.pingInterval())
            .idleTimeoutMillis(0)
            .build();
    GrpcClientBuilder unary =
        client(endpoint)
            .responseTimeoutMode(ResponseTimeoutMode.FROM_START)
            .maxResponseLength(MAX_ANSWER)
            .maxResponseMessageLength(MAX_ANSWER)
            .decorator(circuit.decorator());
    feeds = unary.build(FeedServiceFutureStub.class);
    directory = unary.build(DirectoryServiceFutureStub.class);
    lookup = unary.build(LookupServiceFutureStub.class);
    administration = unary.build(AdministrationServiceFutureStub.class);
    reports = unary.build(ReportStoreServiceFutureStub.class);
    streams =
        client(endpoint).responseTimeoutMillis(0).maxResponseLength(0).build(FeedServiceStub.class);
    // All connections to one endpoint share a loop, so an append and its answer stay on it.
    EventLoop loop = connections.acquireEventLoop(SessionProtocol.H2C, endpoint, endpoint).get();
    appends = new AppendLine(streams, circuit, loop);
  }

  private GrpcClientBuilder client(Endpoint endpoint) {
    return GrpcClients.builder(SessionProtocol.H2C, endpoint).factory(connections);
  }

  /** The server, for calls that end within the time. */
  ChannelServer within(Duration patience) {
    return new GrpcChannelServer(
        feeds, directory, lookup, administration, reports, appends, patience);
  }

  /** For subscriptions, which no circuit breaker counts. */
  FeedServiceStub streams() {
    return streams;
  }

  /** Whether its stream has been answered and stands. */
  void setAnswering(boolean now) {
    answering = now;
  }

  /** The stream to it stands. */
  boolean isAnswering() {
    return answering;
  }

  /** A call has a chance now. */
  boolean isReachable() {
    return answering && !circuit.letsNothingThrough();
  }

  /** Its calls fail without being made. */
  boolean isOpen() {
    return circuit.isOpen();
  }

  /** Ends its connections, and a moment later whatever still hangs on them. */
  CompletableFuture<?> close() {
    appends.close();
    return connections.closeAsync();
  }
}
