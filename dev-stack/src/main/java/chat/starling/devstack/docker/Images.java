package chat.starling.devstack.docker;

import chat.starling.devstack.process.Port;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.util.List;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The official images of the backing servers, set up as one small node each. */
final class Images {

  private static final int CQL = 9042;
  private static final int REDIS = 6379;

  private Images() {}

  /** ScyllaDB; its only node is in {@code datacenter1}. */
  static GenericContainer<?> scylla(Port port) {
    return container("scylladb/scylla:2025.1", port, CQL, "starling-scylla:/var/lib/scylla")
        .withCommand(
            "--smp", "1", "--memory", "1G", "--overprovisioned", "1", "--developer-mode", "1")
        .waitingFor(Wait.forLogMessage(".*Starting listening for CQL clients.*\\n", 1));
  }

  /**
   * Kafka in KRaft mode. It must know the port that clients see, so inside it listens on the same.
   */
  static GenericContainer<?> kafka(Port port) {
    String number = Integer.toString(port.number());
    return container(
            "apache/kafka:4.3.1", port, port.number(), "starling-kafka:/var/lib/kafka/data")
        .withEnv("CLUSTER_ID", "c3RhcmxpbmctZGV2LXN0YQ")
        .withEnv("KAFKA_NODE_ID", "1")
        .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
        .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
        .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:19093")
        .withEnv("KAFKA_LISTENERS", "PLAINTEXT://:" + number + ",CONTROLLER://:19093")
        .withEnv("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + number)
        .withEnv("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT")
        .withEnv("KAFKA_LOG_DIRS", "/var/lib/kafka/data")
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
        .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
        .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
        .waitingFor(Wait.forLogMessage(".*Kafka Server started.*\\n", 1));
  }

  /** Redis with its append-only file on. */
  static GenericContainer<?> redis(Port port) {
    return container("redis:7.4", port, REDIS, "starling-redis:/data")
        .withCommand("redis-server", "--appendonly", "yes", "--save", "", "--maxmemory", "256mb")
        .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\n", 1));
  }

  /**
   * A container whose port appears on this machine's loopback, where the local stand-in would be.
   */
  static GenericContainer<?> container(String image, Port port, int inside, String... volumes) {
    var container = new GenericContainer<>(DockerImageName.parse(image));
    container.setPortBindings(List.of("127.0.0.1:%d:%d".formatted(port.number(), inside)));
    container.withCreateContainerCmdModifier(
        command -> bind(Objects.requireNonNull(command.getHostConfig()), volumes));
    return container;
  }

  private static void bind(HostConfig host, String... volumes) {
    host.withBinds(
        List.of(volumes).stream()
            .map(volume -> volume.split(":", 2))
            .map(parts -> new Bind(parts[0], new Volume(parts[1])))
            .toList());
  }
}
