package chat.starling.devstack.edge;

import chat.starling.devstack.GatewayPorts;
import chat.starling.devstack.ProjectTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The project's own {@code edge-envoy/gateways.yaml} with the gateways of a stack in it. */
public final class GatewayList {

  /** What it is called beside Envoy's configuration. */
  public static final String FILE = "gateways.yaml";

  private GatewayList() {}

  /**
   * Its text.
   *
   * @param host what Envoy calls the machine that the gateways run on
   */
  public static String text(ProjectTree tree, String host, List<GatewayPorts> gateways)
      throws IOException {
    String template = Files.readString(tree.root().resolve("edge-envoy").resolve(FILE));
    return EdgeFile.withEach(
        template, "gateway", gateways.stream().map(ports -> settings(host, ports)).toList());
  }

  private static Map<String, String> settings(String host, GatewayPorts ports) {
    return Map.of(
        "gateway.host", host,
        "gateway.port", Integer.toString(ports.sessions().number()),
        "gateway.internal-port", Integer.toString(ports.internal().number()));
  }
}
