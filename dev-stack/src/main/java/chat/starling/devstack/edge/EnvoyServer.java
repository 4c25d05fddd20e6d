package chat.starling.devstack.edge;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.process.HttpProbe;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Envoy on the project's own {@code edge-envoy/envoy.yaml}, with other ports and a development certificate. */
public final class EnvoyServer {

  private final Path config;
  private final Path folder;

  private EnvoyServer(Path config, Path folder) {
    this.config = config;
    this.folder = folder;
  }

  /**
   * How to start it.
   *
   * @param tls where clients connect
   * @param admin where operators look
   * @param gateway where it finds the gateway: public address
   * @param gatewayInternal and the address that answers health checks
   * @param folder its certificate and its files; a certificate that is there is kept while it is good
   */
  public static ServerSpec spec(
      ProjectTree tree,
      Port tls,
      Port admin,
      InetSocketAddress gateway,
      InetSocketAddress gatewayInternal,
      Path folder,
      Path log) {
    var server = new EnvoyServer(tree.root().resolve("edge-envoy"), folder.toAbsolutePath());
    return new ServerSpec(
        "envoy",
        List.of(tls, admin),
        folder,
        log,
        command(tree.tools().envoy(), tls),
        Map.of(),
        () -> server.prepare(tls, admin, gateway, gatewayInternal),
        new HttpProbe(admin.address(), "/ready"),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  /** Which port it listens on makes an Envoy's shared memory its own: two on one machine need different numbers. */
  private static List<String> command(String envoy, Port tls) {
    return List.of(
        envoy,
        "--config-path",
        "envoy.yaml",
        "--base-id",
        Integer.toString(tls.number()),
        "--concurrency",
        "1",
        "--log-level",
        "warning");
  }

  private void prepare(
      Port tls, Port admin, InetSocketAddress gateway, InetSocketAddress gatewayInternal)
      throws IOException {
    DevelopmentCertificate.ensure(folder, InstantSource.system());
    write(
        "envoy.yaml",
        Map.of(
            "edge.host", "127.0.0.1",
            "edge.port", Integer.toString(tls.number()),
            "edge.admin-port", Integer.toString(admin.number())));
    write(
        "gateways.yaml",
        Map.of(
            "gateway.host", gateway.getAddress().getHostAddress(),
            "gateway.port", Integer.toString(gateway.getPort()),
            "gateway.internal-port", Integer.toString(gatewayInternal.getPort())));
  }

  private void write(String file, Map<String, String> settings) throws IOException {
    String text = Files.readString(config.resolve(file));
    Files.writeString(folder.resolve(file), EdgeFile.with(text, settings));
  }
}
