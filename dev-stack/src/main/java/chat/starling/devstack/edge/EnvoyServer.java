package chat.starling.devstack.edge;

import chat.starling.devstack.GatewayPorts;
import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.process.HttpProbe;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Envoy on the project's own {@code edge-envoy/envoy.yaml}, with other ports and a development
 * certificate.
 */
public final class EnvoyServer {

  private static final String HOST = "127.0.0.1";

  private final ProjectTree tree;
  private final Path folder;

  private EnvoyServer(ProjectTree tree, Path folder) {
    this.tree = tree;
    this.folder = folder;
  }

  /**
   * How to start it.
   *
   * @param tls where clients connect
   * @param admin where operators look
   * @param gateways where it finds the gateways, on loopback
   * @param authority of the gateways' certificates; empty for gateways in clear text
   * @param folder its certificate and its files; a certificate that is there is kept while it is
   *     good
   */
  public static ServerSpec spec(
      ProjectTree tree,
      Port tls,
      Port admin,
      List<GatewayPorts> gateways,
      Optional<Path> authority,
      Path folder,
      Path log) {
    var server = new EnvoyServer(tree, folder.toAbsolutePath());
    return new ServerSpec(
        "envoy",
        List.of(tls, admin),
        folder,
        log,
        command(tree.tools().envoy()),
        Map.of(),
        () -> server.prepare(tls, admin, gateways, authority),
        new HttpProbe(admin.address(), "/ready"),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  /** Hot restart would share memory with whatever Envoy runs on the machine already. */
  private static List<String> command(String envoy) {
    return List.of(
        envoy,
        "--config-path",
        EdgeConfig.FILE,
        "--disable-hot-restart",
        "--concurrency",
        "1",
        "--log-level",
        "warning");
  }

  private void prepare(Port tls, Port admin, List<GatewayPorts> gateways, Optional<Path> authority)
      throws IOException {
    DevelopmentCertificate.ensure(folder, InstantSource.system());
    var settings =
        Map.of(
            "edge.host", HOST,
            "edge.port", Integer.toString(tls.number()),
            "edge.admin-port", Integer.toString(admin.number()));
    Files.writeString(
        folder.resolve(EdgeConfig.FILE),
        EdgeConfig.text(tree, settings, authority.map(Path::toString)));
    Files.writeString(folder.resolve(GatewayList.FILE), GatewayList.text(tree, HOST, gateways));
  }
}
