package chat.starling.devstack;

import chat.starling.devstack.process.ServerFailure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The servers that {@code make tools} has installed.
 *
 * @param folder {@code .tools} of the project
 */
public record Tools(Path folder) {

  /** The class path of Cassandra. */
  public String cassandraClasspath() {
    return present("cassandra/lib") + "/*";
  }

  /** The class path of Kafka. */
  public String kafkaClasspath() {
    return present("kafka/lib") + "/*";
  }

  /** The {@code java} of a JDK 17 runtime, the only one that Cassandra 5 runs on. */
  public String java17() {
    return present("jdk17/bin/java").toString();
  }

  /** The {@code redis-server} binary. */
  public String redis() {
    return present("redis/redis-server").toString();
  }

  /** The Envoy binary. */
  public String envoy() {
    return present("envoy/envoy").toString();
  }

  /** The {@code java} that runs this process. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private Path present(String name) {
    Path path = folder.resolve(name);
    if (!Files.exists(path)) {
      throw new ServerFailure(path + " is missing (expected: installed by `make tools`)");
    }
    return path;
  }
}
