package chat.starling.bench.servers;

import chat.starling.devstack.Backing;
import chat.starling.devstack.GatewayPorts;
import chat.starling.devstack.Ports;
import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.Stack;
import chat.starling.devstack.StackOptions;
import chat.starling.devstack.Tools;
import chat.starling.devstack.cql.CassandraServer;
import chat.starling.devstack.edge.DevelopmentCertificate;
import chat.starling.devstack.edge.EnvoyServer;
import chat.starling.devstack.issuer.TokenIssuer;
import chat.starling.devstack.kafka.KafkaServer;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerSpec;
import chat.starling.devstack.redis.RedisServer;
import chat.starling.devstack.starling.StarlingServer;
import chat.starling.platform.settings.Settings;
import chat.starling.platform.storage.CqlSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All of Starling as processes of their own, with fresh data: the whole stack of {@code make run},
 * on a database at full speed. Ended with this process, whatever ends it.
 */
public final class BenchServers implements AutoCloseable {

  private static final String KEYSPACE = "bench";

  /**
   * An Envoy.
   *
   * @param envoy its process; its address is for clients, by TLS
   * @param authority what clients trust, in PEM
   */
  public record Edge(LocalServer envoy, Path authority) {}

  private record OnlyCql(CqlSettings cql) {}

  private final Path data;
  private final List<LocalServer> backing;
  private final Stack starling;
  private final List<LocalServer> more = new ArrayList<>();

  private BenchServers(StackOptions options) {
    data = options.data();
    Tools tools = ProjectTree.find().tools();
    Ports ports = options.ports();
    backing =
        Stream.of(
                FullSpeed.of(
                    CassandraServer.spec(
                        tools,
                        ports.cql(),
                        ports.cqlStorage(),
                        folder("cassandra"),
                        log("cassandra"))),
                KafkaServer.spec(
                    tools, ports.kafka(), ports.kafkaController(), folder("kafka"), log("kafka")),
                RedisServer.spec(tools, ports.redis(), folder("redis"), log("redis")))
            .map(LocalServer::new)
            .toList();
    Backing running =
        new Backing.Address(
            ports.cql().address(), "datacenter1", ports.kafka().address(), ports.redis().address());
    starling =
        new Stack(options.withBacking(running).withChannelServerSetting("cql.keyspace", KEYSPACE));
  }

  /**
   * Starts all of it and returns when it answers.
   *
   * @param changed what is different from a stack for tests, beside its servers' Java
   * @param progress told one line for each server
   */
  public static BenchServers start(UnaryOperator<StackOptions> changed, Consumer<String> progress) {
    StackOptions options = changed.apply(StackOptions.forTests().withJavaFlags(List.of()));
    BenchServers servers = new BenchServers(options.withProgress(progress));
    try {
      servers.backing.forEach(server -> startOne(server, progress));
      servers.starling.start();
      return servers;
    } catch (RuntimeException e) {
      servers.end();
      throw e;
    }
  }

  /** Where the tables are, as the channel server is told. */
  public CqlSettings cql() {
    InetSocketAddress node = starling.cql();
    Map<String, String> texts =
        Map.of(
            "cql.keyspace",
            KEYSPACE,
            "cql.contact-points",
            node.getHostString() + ":" + node.getPort());
    return Settings.load(OnlyCql.class, null, Map.of(), texts).value().cql();
  }

  /** Where the channel server is. */
  public InetSocketAddress channelServer() {
    return server().address();
  }

  /** The channel server's process. */
  public long channelServerPid() {
    return server().pid();
  }

  /** What reads and writes rows: the channel server and the database. */
  public List<Long> storingPids() {
    return List.of(channelServerPid(), backing.getFirst().pid());
  }

  /** The gateway; its address is where Envoy reaches it, in clear text. */
  public LocalServer gateway() {
    return starling.gateways().getFirst();
  }

  /**
   * Starts one more gateway on the same channel server; its address is in clear text.
   *
   * @param settings by path, on top of those that the first one has
   */
  public LocalServer gatewayWith(String name, Map<String, String> settings) {
    return more(starling.oneMoreGateway(name, freeGatewayPorts(), settings));
  }

  /** Whether gateways have this setting. */
  public static boolean gatewayHas(String setting) {
    Port none = Port.free(1).getFirst();
    Path here = Path.of("target");
    List<String> command =
        new ArrayList<>(
            StarlingServer.GATEWAY
                .spec(
                    ProjectTree.find(),
                    "list",
                    List.of(none),
                    none,
                    here,
                    here,
                    List.of(),
                    Map.of())
                .command());
    command.add("--list-settings");
    try {
      Process list = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var lines = list.inputReader()) {
        return lines.lines().toList().stream().anyMatch(line -> line.startsWith(setting + " "));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Envoy before the first gateway. */
  public Edge edge() {
    return new Edge(starling.server("envoy"), starling.caFile());
  }

  /** An Envoy of its own before a server, as before a gateway. */
  public Edge edge(String name, Port sessions, Port health) {
    List<Port> own = Port.free(2);
    Path files = folder(name);
    LocalServer envoy =
        more(
            EnvoyServer.spec(
                ProjectTree.find(),
                own.getFirst(),
                own.getLast(),
                List.of(new GatewayPorts(sessions, health)),
                Optional.empty(),
                files,
                log(name)));
    return new Edge(envoy, files.resolve(DevelopmentCertificate.AUTHORITY));
  }

  /** Signs tokens that the gateway takes. */
  public TokenIssuer issuer() {
    return starling.issuer();
  }

  /** Ends the channel server in order and starts it again: same data, nothing in memory. */
  public void restartChannelServer() {
    server().restart();
  }

  /** Ends all and removes the data. */
  @Override
  public void close() {
    end();
    remove(data);
  }

  /** Ends all; data and logs stay for who looks for a fault. */
  private void end() {
    more.reversed().forEach(LocalServer::close);
    starling.close();
    backing.reversed().forEach(LocalServer::close);
  }

  private LocalServer more(ServerSpec spec) {
    LocalServer server = new LocalServer(spec);
    more.add(server);
    server.start();
    return server;
  }

  private static GatewayPorts freeGatewayPorts() {
    List<Port> free = Port.free(2);
    return new GatewayPorts(free.getFirst(), free.getLast());
  }

  private LocalServer server() {
    return starling.channelServers().getFirst();
  }

  private Path folder(String name) {
    return data.resolve(name);
  }

  private Path log(String name) {
    return data.resolve("logs").resolve(name + ".log");
  }

  private static void startOne(LocalServer server, Consumer<String> progress) {
    var taken = server.start();
    progress.accept(
        "  %-15s ready in %d.%d s"
            .formatted(server.name(), taken.toSeconds(), taken.toMillisPart() / 100));
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
