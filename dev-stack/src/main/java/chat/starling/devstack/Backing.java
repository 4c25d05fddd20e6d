package chat.starling.devstack;

import java.net.InetSocketAddress;

/** Where the backing servers come from. */
public sealed interface Backing {

  /** Started here as processes, from what {@code make tools} installed. */
  record Local() implements Backing {}

  /** Started here from their official images: ScyllaDB, Kafka, Redis, and Envoy too. */
  record Docker() implements Backing {}

  /**
   * Running already, somewhere.
   *
   * @param cql a ScyllaDB or Cassandra node
   * @param cqlDatacenter the data centre that the node is in
   * @param kafka a Kafka broker
   * @param redis a Redis server
   */
  record Address(
      InetSocketAddress cql, String cqlDatacenter, InetSocketAddress kafka, InetSocketAddress redis)
      implements Backing {}
}
