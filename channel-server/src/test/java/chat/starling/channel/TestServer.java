package chat.starling.channel;

import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AdministrationServiceGrpc.AdministrationServiceBlockingStub;
import chat.starling.api.internal.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceBlockingStub;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.api.internal.v1.HeadServiceGrpc.HeadServiceBlockingStub;
import chat.starling.api.internal.v1.LookupServiceGrpc.LookupServiceBlockingStub;
import chat.starling.api.internal.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import chat.starling.devstack.cql.SharedCql;
import chat.starling.platform.settings.Settings;
import chat.starling.platform.time.SystemTime;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A whole channel server on an ephemeral port, over the test run's CQL server, and its clients. */
final class TestServer implements AutoCloseable {

  private static final Duration CALL = Duration.ofSeconds(60);

  private final ChannelServer server;

  private TestServer(ChannelServer server) {
    this.server = server;
  }

  static TestServer start(String keyspace) {
    return start(keyspace, SystemTime.wall(), Map.of());
  }

  static TestServer start(String keyspace, InstantSource clock, Map<String, String> more) {
    var contact = SharedCql.contactPoint();
    Map<String, String> texts = new HashMap<>(more);
    texts.put("server.port", "0");
    // Half of all shards move in a few steps, not in thirty: tests wait for the last.
    texts.putIfAbsent("ownership.parallel-moves", "512");
    texts.putIfAbsent("workspace.trust", "500ms");
    texts.putIfAbsent("workspace.confirm-patience", "100ms");
    texts.put("cql.keyspace", keyspace);
    texts.put("cql.contact-points", contact.getHostString() + ":" + contact.getPort());
    texts.put("cql.timeout", "20s");
    ChannelServer server =
        ChannelServer.start(
            Settings.load(ChannelServerSettings.class, null, Map.of(), texts).value(), clock);
    await().atMost(CALL).until(server::isHealthy);
    return new TestServer(server);
  }

  FeedServiceStub feeds() {
    return client(FeedServiceStub.class, Duration.ZERO);
  }

  /** A client whose silence stops nobody else's connection. */
  FeedServiceStub feeds(ClientFactory connection) {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + port() + "/")
        .factory(connection)
        .responseTimeout(Duration.ZERO)
        .maxResponseLength(0)
        .build(FeedServiceStub.class);
  }

  FeedServiceBlockingStub blockingFeeds() {
    return client(FeedServiceBlockingStub.class, CALL);
  }

  DirectoryServiceBlockingStub directory() {
    return client(DirectoryServiceBlockingStub.class, CALL);
  }

  AdministrationServiceBlockingStub administration() {
    return client(AdministrationServiceBlockingStub.class, CALL);
  }

  LookupServiceBlockingStub lookup() {
    return client(LookupServiceBlockingStub.class, CALL);
  }

  HeadServiceBlockingStub heads() {
    return client(HeadServiceBlockingStub.class, CALL);
  }

  OperationsServiceBlockingStub operations() {
    return client(OperationsServiceBlockingStub.class, CALL);
  }

  int activeFeeds() {
    return Math.toIntExact(server.load().toCompletableFuture().join().active());
  }

  int port() {
    return server.port();
  }

  /** Ends the server as a kill would: nothing is handed over, nothing is flushed. */
  void crash() {
    server.crash();
  }

  /** Does nothing after a crash. */
  @Override
  public void close() {
    server.close();
  }

  private <T> T client(Class<T> type, Duration timeout) {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + port() + "/")
        .responseTimeout(timeout)
        .maxResponseLength(0)
        .build(type);
  }
}
