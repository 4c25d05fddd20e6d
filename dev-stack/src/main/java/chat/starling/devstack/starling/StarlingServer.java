package chat.starling.devstack.starling;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.Tools;
import chat.starling.devstack.process.HttpProbe;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of Starling's own servers, started from its built module as it would be in production, with
 * settings by path.
 */
public enum StarlingServer {
  /** Owns feeds. */
  CHANNEL_SERVER("channel-server", "chat.starling.channel.Main"),
  /** Holds sessions. */
  GATEWAY("armeria-gateway", "chat.starling.gateway.Main");

  private static final List<String> JVM_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx512m");

  private final String module;
  private final String mainClass;

  StarlingServer(String module, String mainClass) {
    this.module = module;
    this.mainClass = mainClass;
  }

  /**
   * How to start it.
   *
   * @param ports all that it listens on, the one that clients use first
   * @param health the port among them that answers {@code GET /health}
   * @param folder its working directory
   * @param settings by path
   */
  public ServerSpec spec(
      ProjectTree tree,
      List<Port> ports,
      Port health,
      Path folder,
      Path log,
      Map<String, String> settings) {
    return new ServerSpec(
        label(),
        ports,
        folder,
        log,
        command(tree, settings),
        Map.of(),
        () -> {},
        new HttpProbe(health.address(), "/health"),
        Duration.ofSeconds(120),
        Duration.ofSeconds(15));
  }

  /** What it is called in progress lines and in the names of its log and folder. */
  public String label() {
    return this == GATEWAY ? "gateway" : module;
  }

  private List<String> command(ProjectTree tree, Map<String, String> settings) {
    List<String> line = new ArrayList<>();
    line.add(Tools.java());
    line.addAll(JVM_FLAGS);
    line.addAll(List.of("-cp", BuiltModule.of(tree, module).classpath(), mainClass));
    new TreeMap<>(settings)
        .forEach((path, value) -> line.addAll(List.of("--set", path + "=" + value)));
    return line;
  }
}
