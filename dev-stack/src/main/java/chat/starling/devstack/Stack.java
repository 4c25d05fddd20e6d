package chat.starling.devstack;

import chat.starling.devstack.docker.DockerServers;
import chat.starling.devstack.edge.DevelopmentCertificate;
import chat.starling.devstack.issuer.IssuerServer;
import chat.starling.devstack.issuer.TokenIssuer;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.ServerFailure;
import chat.starling.devstack.process.ServerSpec;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole of Starling on one machine: backing servers, token issuer, channel servers, gateways
 * and edge. Each server that is a process here can be killed and started again. Whatever ends this
 * process ends them.
 */
public final class Stack implements AutoCloseable {

  private final StackOptions options;
  private final Ports ports;
  private final InstantSource time = InstantSource.system();
  private final TokenIssuer issuer;
  private final ServerSpecs specs;
  private final List<LocalServer> backing;
  private final List<LocalServer> channelServers;
  private final List<LocalServer> gateways;
  private final List<LocalServer> edge;
  private final @Nullable DockerServers docker;
  private volatile @Nullable IssuerServer issuerServer;

  /**
   * A stack not yet started.
   *
   * @throws ServerFailure when tools or built modules are missing
   */
  public Stack(StackOptions options) {
    this.options = options;
    ports = options.ports();
    issuer = TokenIssuer.withKeyFrom(options.data().resolve("issuer/key.json"), time);
    ProjectTree tree = ProjectTree.find();
    docker = options.backing() instanceof Backing.Docker ? new DockerServers(tree, options) : null;
    specs = new ServerSpecs(tree, options);
    backing = servers(options.backing() instanceof Backing.Local ? specs.backing() : List.of());
    boolean all = !options.backingOnly();
    channelServers = servers(all ? specs.channelServers(cql(), datacenter(), kafka()) : List.of());
    gateways = servers(all ? specs.gateways() : List.of());
    edge = servers(all && docker == null ? List.of(specs.envoy()) : List.of());
  }

  /**
   * Starts a stack and returns when all of it answers. What had been started is ended when
   * something fails.
   */
  public static Stack start(StackOptions options) {
    var stack = new Stack(options);
    try {
      stack.start();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /**
   * Starts it and returns when all of it answers. After a failure, {@link #close} ends what runs.
   *
   * @throws ServerFailure naming the server that did not start, and why
   */
  public void start() {
    servers().forEach(LocalServer::requirePortsFree);
    issuerServer = IssuerServer.start(issuer, ports.issuer());
    report("issuer", ports.issuer().address(), Duration.ZERO, "");
    if (docker != null) {
      docker.startBacking();
    }
    if (options.backing() instanceof Backing.Address given) {
      given.requireAnswers();
    }
    if (options.gatewayTls()) {
      DevelopmentCertificate.ensure(options.gatewayCertificates(), time);
    }
    inOrder().forEach(like -> Together.with(like, this::startOne));
    if (docker != null && !options.backingOnly()) {
      docker.startEdge();
    }
  }

  /**
   * Ends everything in order: edge, gateways, channel servers, then the backing servers. Each is
   * ended kindly first and killed when it does not heed that.
   */
  @Override
  public void close() {
    if (docker != null) {
      docker.closeEdge();
    }
    inOrder().reversed().forEach(like -> Together.with(like, LocalServer::close));
    if (docker != null) {
      docker.closeBacking();
    }
    IssuerServer serving = issuerServer;
    if (serving != null) {
      serving.close();
    }
  }

  /** Where the database is. */
  public InetSocketAddress cql() {
    return options.backing() instanceof Backing.Address given ? given.cql() : ports.cql().address();
  }

  /** Where the event bus is. */
  public InetSocketAddress kafka() {
    return options.backing() instanceof Backing.Address given
        ? given.kafka()
        : ports.kafka().address();
  }

  /** Where Redis is. */
  public InetSocketAddress redis() {
    return options.backing() instanceof Backing.Address given
        ? given.redis()
        : ports.redis().address();
  }

  /** Where clients connect, by TLS under a certificate signed by {@link #caFile}. */
  public InetSocketAddress edge() {
    return ports.edge().address();
  }

  /** What clients trust, in PEM. */
  public Path caFile() {
    return options.data().resolve("edge").resolve(DevelopmentCertificate.AUTHORITY);
  }

  /** Signs tokens that the gateway takes, and wrong ones on demand. */
  public TokenIssuer issuer() {
    return issuer;
  }

  /** Where everything listens. */
  public Ports ports() {
    return ports;
  }

  /** The servers that are processes here, in the order of their start. */
  public List<LocalServer> servers() {
    return inOrder().stream().flatMap(List::stream).toList();
  }

  /** The channel servers among them, {@code channel-server-1} first. */
  public List<LocalServer> channelServers() {
    return channelServers;
  }

  /** The gateways among them, {@code gateway-1} first. */
  public List<LocalServer> gateways() {
    return gateways;
  }

  /**
   * How to start one more gateway on this stack's servers, which the edge knows nothing of.
   *
   * @param settings by path, on top of those that all gateways of the stack have
   */
  public ServerSpec oneMoreGateway(String name, GatewayPorts at, Map<String, String> settings) {
    return specs.gateway(name, at, settings);
  }

  /**
   * One of them.
   *
   * @param name {@code cassandra}, {@code kafka}, {@code redis}, {@code channel-server-1} and so
   *     on, {@code gateway-1} and so on, or {@code envoy}
   * @throws IllegalArgumentException when it is not a process here
   */
  public LocalServer server(String name) {
    return servers().stream()
        .filter(server -> server.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + ": not a process of this stack"));
  }

  /** Kills all that run with SIGKILL, the database included, and returns when they are gone. */
  public void kill9All() {
    servers().stream().filter(LocalServer::isAlive).forEach(LocalServer::kill9);
  }

  /** Starts again, in order, those that do not run: same addresses, same data. */
  public void restartAll() {
    inOrder().forEach(Stack::restartDead);
  }

  private static void restartDead(List<LocalServer> like) {
    Together.with(like.stream().filter(server -> !server.isAlive()).toList(), LocalServer::start);
  }

  /** Servers of one kind start and end together. */
  private List<List<LocalServer>> inOrder() {
    return List.of(backing, channelServers, gateways, edge);
  }

  private String datacenter() {
    return options.backing() instanceof Backing.Address given
        ? given.cqlDatacenter()
        : "datacenter1";
  }

  private List<LocalServer> servers(List<ServerSpec> specs) {
    return specs.stream().map(spec -> new LocalServer(spec, time, this::reportDeath)).toList();
  }

  private void startOne(LocalServer server) {
    Duration taken = server.start();
    report(server.name(), server.address(), taken, ", pid " + server.pid());
  }

  private void report(String name, InetSocketAddress address, Duration taken, String more) {
    options
        .progress()
        .accept(
            "  %-17s %s:%-6d ready in %d.%d s%s"
                .formatted(
                    name,
                    address.getAddress().getHostAddress(),
                    address.getPort(),
                    taken.toSeconds(),
                    taken.toMillisPart() / 100,
                    more));
  }

  private void reportDeath(LocalServer server) {
    options.progress().accept(server.failure("ended by itself").getMessage());
  }
}
