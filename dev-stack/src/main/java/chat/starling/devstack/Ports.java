package chat.starling.devstack;

import chat.starling.devstack.process.Port;
import java.util.List;

/**
 * Every port of the stack, all on loopback.
 *
 * @param edge TLS, for clients
 * @param edgeAdmin Envoy's admin page
 * @param gateway the gateway's public side, clear HTTP/2, for Envoy
 * @param gatewayInternal health, documentation and reflection
 * @param channelServer gRPC between servers, and health
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
    Port gateway,
    Port gatewayInternal,
    Port channelServer,
    Port issuer,
    Port cql,
    Port cqlStorage,
    Port kafka,
    Port kafkaController,
    Port redis) {

  private static final int COUNT = 11;

  /** Ports that nobody used a moment ago, for tests. */
  public static Ports ephemeral() {
    List<Port> free = Port.ephemeral(COUNT);
    return new Ports(
        free.get(0),
        free.get(1),
        free.get(2),
        free.get(3),
        free.get(4),
        free.get(5),
        free.get(6),
        free.get(7),
        free.get(8),
        free.get(9),
        free.get(10));
  }
}
