package chat.starling.devstack;

import chat.starling.devstack.cql.CassandraServer;
import chat.starling.devstack.edge.DevelopmentCertificate;
import chat.starling.devstack.edge.EnvoyServer;
import chat.starling.devstack.issuer.TokenIssuer;
import chat.starling.devstack.kafka.KafkaServer;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerSpec;
import chat.starling.devstack.redis.RedisServer;
import chat.starling.devstack.starling.StarlingServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the servers of a stack are started and told of one another. */
final class ServerSpecs {

  private static final String HOST = "127.0.0.1";

  private final ProjectTree tree;
  private final StackOptions options;
  private final Ports ports;

  ServerSpecs(ProjectTree tree, StackOptions options) {
    this.tree = tree;
    this.options = options;
    ports = options.ports();
  }

  /** The backing servers, which know nothing of one another. */
  List<ServerSpec> backing() {
    Tools tools = tree.tools();
    return List.of(
        CassandraServer.spec(
            tools, ports.cql(), ports.cqlStorage(), folder("cassandra"), log("cassandra")),
        KafkaServer.spec(
            tools, ports.kafka(), ports.kafkaController(), folder("kafka"), log("kafka")),
        RedisServer.spec(tools, ports.redis(), folder("redis"), log("redis")));
  }

  /** All channel servers, on one database and one event bus. */
  List<ServerSpec> channelServers(
      InetSocketAddress cql, String datacenter, InetSocketAddress kafka) {
    var shared =
        Map.of(
            "cql.contact-points", text(cql),
            "cql.datacenter", datacenter,
            "outbox.bootstrap-servers", text(kafka));
    return IntStream.range(0, ports.channelServers().size())
        .mapToObj(place -> channelServer(place, shared))
        .toList();
  }

  private ServerSpec channelServer(int place, Map<String, String> shared) {
    Port port = ports.channelServers().get(place);
    String name = StarlingServer.CHANNEL_SERVER.name(place);
    var settings = new HashMap<>(shared);
    settings.put("server.id", name);
    settings.put("server.host", HOST);
    settings.put("server.port", number(port));
    settings.put("server.advertise", onLoopback(port));
    settings.putAll(options.channelServer());
    return starling(StarlingServer.CHANNEL_SERVER, name, List.of(port), port, settings);
  }

  /** All gateways, on all channel servers, trusting the issuer of this stack. */
  List<ServerSpec> gateways() {
    return IntStream.range(0, ports.gateways().size()).mapToObj(this::gateway).toList();
  }

  private ServerSpec gateway(int place) {
    String name = StarlingServer.GATEWAY.name(place);
    return gateway(name, ports.gateways().get(place), Map.of());
  }

  /** A gateway with settings that the others do not have. */
  ServerSpec gateway(String name, GatewayPorts own, Map<String, String> more) {
    var settings = new HashMap<String, String>();
    settings.put("environment", "development");
    settings.put("public.host", HOST);
    settings.put("public.port", number(own.sessions()));
    settings.put("internal.host", HOST);
    settings.put("internal.port", number(own.internal()));
    settings.put(
        "channel-servers",
        ports.channelServers().stream()
            .map(ServerSpecs::onLoopback)
            .collect(Collectors.joining(",")));
    settings.put("auth.issuer", TokenIssuer.ISSUER);
    settings.put("auth.audience", TokenIssuer.AUDIENCE);
    settings.put(
        "auth.jwks-url",
        "http://%s:%s/.well-known/jwks.json".formatted(HOST, number(ports.issuer())));
    settings.put("session.drain-lead", "0s"); // whoever stops it here waits for it
    settings.put("session.drain-window", "1s");
    if (options.gatewayTls()) {
      Path certificates = options.gatewayCertificates();
      settings.put(
          "public.certificate",
          certificates.resolve(DevelopmentCertificate.CERTIFICATE).toString());
      settings.put("public.key", certificates.resolve(DevelopmentCertificate.KEY).toString());
    }
    settings.putAll(options.gateway());
    settings.putAll(more);
    return starling(
        StarlingServer.GATEWAY,
        name,
        List.of(own.sessions(), own.internal()),
        own.internal(),
        settings);
  }

  /** Envoy in front of the gateways. */
  ServerSpec envoy() {
    return EnvoyServer.spec(
        tree,
        ports.edge(),
        ports.edgeAdmin(),
        ports.gateways(),
        trustedByEnvoy(),
        folder("edge"),
        log("envoy"));
  }

  private Optional<Path> trustedByEnvoy() {
    return options.gatewayTls()
        ? Optional.of(options.gatewayCertificates().resolve(DevelopmentCertificate.AUTHORITY))
        : Optional.empty();
  }

  private ServerSpec starling(
      StarlingServer server,
      String name,
      List<Port> all,
      Port health,
      Map<String, String> settings) {
    return server.spec(
        tree, name, all, health, folder(name), log(name), options.javaFlags(), settings);
  }

  private Path folder(String name) {
    return options.data().resolve(name);
  }

  private Path log(String name) {
    return options.data().resolve("logs").resolve(name + ".log");
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static String onLoopback(Port port) {
    return HOST + ":" + number(port);
  }

  private static String number(Port port) {
    return Integer.toString(port.number());
  }
}
