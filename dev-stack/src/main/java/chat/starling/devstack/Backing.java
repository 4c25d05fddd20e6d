package chat.starling.devstack;

import chat.starling.devstack.cql.CqlProbe;
import chat.starling.devstack.kafka.KafkaProbe;
import chat.starling.devstack.process.Probe;
import chat.starling.devstack.process.ServerFailure;
import chat.starling.devstack.redis.RedisProbe;
import java.io.IOException;
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
      implements Backing {

    /**
     * Asks each of them.
     *
     * @throws ServerFailure naming the option of the first that does not answer as it should
     */
    void requireAnswers() {
      require("--cql", cql, new CqlProbe(cql, cqlDatacenter));
      require("--kafka", kafka, new KafkaProbe(kafka));
      require("--redis", redis, new RedisProbe(redis));
    }

    private static void require(String option, InetSocketAddress address, Probe probe) {
      try {
        probe.ask();
      } catch (IOException e) {
        throw new ServerFailure(
            "%s: %s does not answer (expected: a running server): %s"
                .formatted(option, address, e.getMessage()),
            e);
      }
    }
  }
}
