package chat.starling.devstack;

import chat.starling.devstack.cql.CassandraServer;
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

/** How the servers of a stack are started and told of one another. */
final class ServerSpecs {

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

  /** The channel server on a database. */
  ServerSpec channelServer(InetSocketAddress cql, String datacenter) {
    var settings = new HashMap<String, String>();
    settings.put("server.host", "127.0.0.1");
    settings.put("server.port", number(ports.channelServer()));
    settings.put("cql.contact-points", cql.getHostString() + ":" + cql.getPort());
    settings.put("cql.datacenter", datacenter);
    settings.putAll(options.channelServer());
    return starling(
        StarlingServer.CHANNEL_SERVER,
        List.of(ports.channelServer()),
        ports.channelServer(),
        settings);
  }

  /** The gateway on the channel server, trusting the issuer of this stack. */
  ServerSpec gateway() {
    var settings = new HashMap<String, String>();
    settings.put("environment", "development");
    settings.put("public.host", "127.0.0.1");
    settings.put("public.port", number(ports.gateway()));
    settings.put("internal.host", "127.0.0.1");
    settings.put("internal.port", number(ports.gatewayInternal()));
    settings.put("channel-servers", "127.0.0.1:" + number(ports.channelServer()));
    settings.put("auth.issuer", TokenIssuer.ISSUER);
    settings.put("auth.audience", TokenIssuer.AUDIENCE);
    settings.put(
        "auth.jwks-url",
        "http://127.0.0.1:%s/.well-known/jwks.json".formatted(number(ports.issuer())));
    settings.putAll(options.gateway());
    return starling(
        StarlingServer.GATEWAY,
        List.of(ports.gateway(), ports.gatewayInternal()),
        ports.gatewayInternal(),
        settings);
  }

  /** Envoy in front of the gateway. */
  ServerSpec envoy() {
    return EnvoyServer.spec(
        tree,
        ports.edge(),
        ports.edgeAdmin(),
        ports.gateway().address(),
        ports.gatewayInternal().address(),
        folder("edge"),
        log("envoy"));
  }

  private ServerSpec starling(
      StarlingServer server, List<Port> all, Port health, Map<String, String> settings) {
    return server.spec(tree, all, health, folder(server.label()), log(server.label()), settings);
  }

  private Path folder(String name) {
    return options.data().resolve(name);
  }

  private Path log(String name) {
    return options.data().resolve("logs").resolve(name + ".log");
  }

  private static String number(Port port) {
    return Integer.toString(port.number());
  }
}
