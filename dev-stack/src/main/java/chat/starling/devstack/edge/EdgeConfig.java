package chat.starling.devstack.edge;

import chat.starling.devstack.ProjectTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The project's own {@code edge-envoy/envoy.yaml} with the settings of a stack in it. */
public final class EdgeConfig {

  /** What it is called in Envoy's working directory. */
  public static final String FILE = "envoy.yaml";

  /** A name that the development certificate is for. */
  private static final String GATEWAY_NAME = "localhost";

  private EdgeConfig() {}

  /**
   * Its text.
   *
   * @param settings other than the defaults
   * @param authority what Envoy calls the file of the authority that signed the gateways'
   *     certificates; empty for gateways in clear text
   */
  public static String text(
      ProjectTree tree, Map<String, String> settings, Optional<String> authority)
      throws IOException {
    String text = Files.readString(tree.root().resolve("edge-envoy").resolve(FILE));
    if (authority.isEmpty()) {
      return EdgeFile.with(text, settings);
    }
    var all = new HashMap<>(settings);
    all.put("gateway.name", GATEWAY_NAME);
    all.put("gateway.ca", authority.get());
    return EdgeFile.with(EdgeFile.including(text, "tls"), all);
  }
}
