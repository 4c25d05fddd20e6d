package chat.starling.devstack.cql;

import chat.starling.devstack.Tools;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.Resource;
import chat.starling.devstack.process.ServerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Cassandra on one node: small, and safe against kill -9, since a write is in the commit log before
 * it is acked.
 */
public final class CassandraServer {

  private static final List<String> EXPORTS =
      List.of("jdk.internal.misc", "jdk.internal.ref", "sun.nio.ch");
  private static final List<String> OPENS =
      List.of(
          "sun.nio.ch",
          "java.io",
          "java.nio",
          "java.lang",
          "java.lang.reflect",
          "java.util",
          "jdk.internal.misc",
          "jdk.internal.ref");

  private CassandraServer() {}

  /**
   * How to start it.
   *
   * @param cql where clients connect
   * @param storage where nodes would meet
   * @param folder its data and configuration; data that is there is kept
   */
  public static ServerSpec spec(Tools tools, Port cql, Port storage, Path folder, Path log) {
    Path home = folder.toAbsolutePath();
    return new ServerSpec(
        "cassandra",
        List.of(cql, storage),
        home,
        log,
        command(tools, home),
        Map.of(),
        () -> configure(cql, storage, home),
        new CqlProbe(cql.address(), "datacenter1"),
        Duration.ofSeconds(120),
        Duration.ofSeconds(5));
  }

  private static void configure(Port cql, Port storage, Path home) throws IOException {
    Map<String, String> values =
        Map.of(
            "PORT", Integer.toString(cql.number()),
            "STORAGE_PORT", Integer.toString(storage.number()));
    Resource.write(CassandraServer.class, "cassandra.yaml", values, config(home));
    Resource.write(CassandraServer.class, "logback-cassandra.xml", Map.of(), logback(home));
    Files.createDirectories(home.resolve("data"));
    Files.createDirectories(home.resolve("tmp"));
  }

  private static List<String> command(Tools tools, Path home) {
    List<String> line = new ArrayList<>();
    line.add(tools.java17());
    line.addAll(
        List.of(
            "-Xms128m",
            "-Xmx1g", // each test of a module has a keyspace of two dozen tables
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=128m",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1"));
    line.addAll(modules());
    line.addAll(properties(home));
    line.addAll(List.of("-cp", tools.cassandraClasspath()));
    line.add("org.apache.cassandra.service.CassandraDaemon");
    return line;
  }

  private static List<String> modules() {
    return Stream.concat(
            EXPORTS.stream().map(name -> "--add-exports=java.base/" + name + "=ALL-UNNAMED"),
            OPENS.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"))
        .toList();
  }

  private static List<String> properties(Path home) {
    return List.of(
        "-Dcassandra.storagedir=" + home.resolve("data"),
        "-Dcassandra.config=" + config(home).toUri(),
        "-Dlogback.configurationFile=" + logback(home),
        "-Djava.io.tmpdir=" + home.resolve("tmp"),
        "-Dcassandra.skip_wait_for_gossip_to_settle=0",
        "-Dcassandra.ring_delay_ms=0",
        "-Dcassandra.shutdown_announce_in_ms=0",
        "-Dcassandra-foreground=yes");
  }

  private static Path config(Path home) {
    return home.resolve("cassandra.yaml");
  }

  private static Path logback(Path home) {
    return home.resolve("logback.xml");
  }
}
