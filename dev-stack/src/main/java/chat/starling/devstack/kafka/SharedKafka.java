package chat.starling.devstack.kafka;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one Kafka of a test run: started at its first use in this JVM, ended with it, with data of
 * its own under the module's {@code target}. Tests that share it keep apart by their topics. The
 * system property {@code starling.kafka} (host:port) names a broker that runs already instead.
 */
public final class SharedKafka {

  private static @Nullable InetSocketAddress started;

  private SharedKafka() {}

  /**
   * Where it is; blocks for some seconds the first time.
   *
   * @throws ServerFailure when it does not start
   */
  public static synchronized InetSocketAddress bootstrap() {
    InetSocketAddress address = started;
    if (address == null) {
      String given = System.getProperty("starling.kafka", "");
      address = given.isEmpty() ? start() : parse(given);
      started = address;
    }
    return address;
  }

  /**
   * A Kafka of a test's own, not started yet, for tests that kill it. Ending it is up to the test;
   * its data stays when it is started again.
   */
  public static LocalServer unshared() {
    List<Port> ports = Port.free(2);
    Path folder = folder();
    return new LocalServer(
        KafkaServer.spec(
            ProjectTree.find().tools(),
            ports.get(0),
            ports.get(1),
            folder,
            folder.resolve("kafka.log")));
  }

  private static InetSocketAddress parse(String given) {
    if (!given.matches("[^:]+:[0-9]{1,5}")) {
      throw new ServerFailure("starling.kafka: " + given + " (expected: host:port)");
    }
    String[] parts = given.split(":", 2);
    return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
  }

  private static InetSocketAddress start() {
    LocalServer server = unshared();
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::kill9, "shared-kafka-end"));
    return server.address();
  }

  private static Path folder() {
    try {
      Path target = Files.createDirectories(Path.of("target", "dev-stack"));
      return Files.createTempDirectory(target, "kafka-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
