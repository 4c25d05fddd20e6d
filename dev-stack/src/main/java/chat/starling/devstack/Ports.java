package chat.starling.devstack;

import chat.starling.devstack.process.Port;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every port of the stack, all on loopback; there are as many gateways and channel servers as have
 * ports here.
 *
 * @param edge TLS, for clients
 * @param edgeAdmin Envoy's admin page
 * @param gateways each gateway's ports, at least one gateway
 * @param channelServers gRPC between servers, and health, at least one channel server
 * @param issuer the development token issuer
 * @param cql Cassandra, for clients
 * @param cqlStorage Cassandra, between nodes
 * @param kafka Kafka, for clients
 * @param kafkaController Kafka, between controllers
 * @param redis Redis
 */
public record Ports(
    Port edge,
    Port edgeAdmin,
    List<GatewayPorts> gateways,
    List<Port> channelServers,
    Port issuer,
    Port cql,
    Port cqlStorage,
    Port kafka,
    Port kafkaController,
    Port redis) {

  private static final int OTHERS = 8;

  /** Keeps its own copies. */
  public Ports {
    gateways = List.copyOf(gateways);
    channelServers = List.copyOf(channelServers);
  }

  /** Ports that nobody used a moment ago, for tests. */
  public static Ports free(int channelServers, int gateways) {
    Iterator<Port> free = Port.free(OTHERS + channelServers + 2 * gateways).iterator();
    return new Ports(
        free.next(),
        free.next(),
        Stream.generate(() -> new GatewayPorts(free.next(), free.next())).limit(gateways).toList(),
        Stream.generate(free::next).limit(channelServers).toList(),
        free.next(),
        free.next(),
        free.next(),
        free.next(),
        free.next(),
        free.next());
  }
}
