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
 * Starling's own servers, each started from its built module as it would be in production, with
 * settings by path.
 */
public enum StarlingServer {
  /** Own feeds. */
  CHANNEL_SERVER("channel-server", "chat.starling.channel.Main", Duration.ofSeconds(40)),
  /** Hold sessions; by default one minute and some seconds pass until all have been sent away. */
  GATEWAY("armeria-gateway", "chat.starling.gateway.Main", Duration.ofSeconds(90));

  private static final List<String> JVM_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx512m");

  private final String module;
  private final String mainClass;
  private final Duration stopLimit;

  StarlingServer(String module, String mainClass, Duration stopLimit) {
    this.module = module;
    this.mainClass = mainClass;
    this.stopLimit = stopLimit;
  }

  /**
   * How to start one of them.
   *
   * @param name what it is called
   * @param ports all that it listens on, the one that clients use first
   * @param health the port among them that answers {@code GET /health}
   * @param folder its working directory
   * @param javaFlags beside those of production
   * @param settings by path
   */
  public ServerSpec spec(
      ProjectTree tree,
      String name,
      List<Port> ports,
      Port health,
      Path folder,
      Path log,
      List<String> javaFlags,
      Map<String, String> settings) {
    return new ServerSpec(
        name,
        ports,
        folder,
        log,
        command(tree, javaFlags, settings),
        Map.of(),
        () -> {},
        new HttpProbe(health.address(), "/health"),
        Duration.ofMinutes(2),
        stopLimit);
  }

  /**
   * What one of them is called in progress lines and in the names of its log and folder.
   *
   * @param place its place among its like, from 0
   */
  public String name(int place) {
    return (this == GATEWAY ? "gateway" : module) + "-" + (place + 1);
  }

  private List<String> command(
      ProjectTree tree, List<String> javaFlags, Map<String, String> settings) {
    List<String> line = new ArrayList<>();
    line.add(Tools.java());
    line.addAll(JVM_FLAGS);
    line.addAll(javaFlags);
    line.addAll(List.of("-cp", BuiltModule.of(tree, module).classpath(), mainClass));
    new TreeMap<>(settings)
        .forEach((path, value) -> line.addAll(List.of("--set", path + "=" + value)));
    return line;
  }
}
