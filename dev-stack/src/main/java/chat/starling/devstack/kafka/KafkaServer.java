package chat.starling.devstack.kafka;

import chat.starling.devstack.Tools;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.Resource;
import chat.starling.devstack.process.ServerSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Kafka on one node, broker and controller in one process. Topics are made by whoever uses them, never by chance. */
public final class KafkaServer {

  private final Tools tools;
  private final Path home;

  private KafkaServer(Tools tools, Path home) {
    this.tools = tools;
    this.home = home;
  }

  /**
   * How to start it.
   *
   * @param clients where clients connect
   * @param controller where the controllers' quorum, of one, meets
   * @param folder its data and configuration; data that is there is kept
   */
  public static ServerSpec spec(
      Tools tools, Port clients, Port controller, Path folder, Path log) {
    var server = new KafkaServer(tools, folder.toAbsolutePath());
    return new ServerSpec(
        "kafka",
        List.of(clients, controller),
        folder,
        log,
        server.java("kafka.Kafka", server.config().toString()),
        Map.of(),
        () -> server.prepare(clients, controller),
        new KafkaProbe(clients.address()),
        Duration.ofSeconds(120),
        Duration.ofSeconds(5));
  }

  private void prepare(Port clients, Port controller) throws IOException, InterruptedException {
    var values =
        Map.of(
            "PORT", Integer.toString(clients.number()),
            "CONTROLLER_PORT", Integer.toString(controller.number()),
            "LOG_DIR", home.resolve("data").toString());
    Resource.write(KafkaServer.class, "server.properties", values, config());
    Resource.write(KafkaServer.class, "log4j2.xml", Map.of(), home.resolve("log4j2.xml"));
    if (!Files.exists(home.resolve("data/meta.properties"))) {
      format();
    }
  }

  /** Kafka's own tool lays out the storage: a broker on hand-written metadata lacks the newer group protocol. */
  private void format() throws IOException, InterruptedException {
    Path log = home.resolve("format.log");
    int code =
        new ProcessBuilder(
                java(
                    "kafka.tools.StorageTool",
                    "format",
                    "--cluster-id",
                    clusterId(),
                    "--config",
                    config().toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("formatting the storage failed: " + Files.readString(log));
    }
  }

  /** A random UUID as Kafka writes it; never with a leading dash, which would read as an option. */
  private static String clusterId() {
    UUID id = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits() & Long.MAX_VALUE)
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private List<String> java(String main, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Tools.java());
    line.addAll(List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
    line.add("-Dlog4j2.configurationFile=" + home.resolve("log4j2.xml"));
    line.addAll(List.of("-cp", tools.kafkaClasspath(), main));
    line.addAll(List.of(arguments));
    return line;
  }

  private Path config() {
    return home.resolve("server.properties");
  }
}
