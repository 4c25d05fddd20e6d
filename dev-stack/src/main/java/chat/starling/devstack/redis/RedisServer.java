package chat.starling.devstack.redis;

import chat.starling.devstack.Tools;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Redis with its append-only file on, so that a restart finds what was there. */
public final class RedisServer {

  private RedisServer() {}

  /**
   * How to start it.
   *
   * @param port where clients connect
   * @param folder its data; data that is there is kept
   */
  public static ServerSpec spec(Tools tools, Port port, Path folder, Path log) {
    return new ServerSpec(
        "redis",
        List.of(port),
        folder,
        log,
        command(tools, port, folder),
        Map.of(),
        () -> {},
        new RedisProbe(port.address()),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  private static List<String> command(Tools tools, Port port, Path folder) {
    return List.of(
        tools.redis(),
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port.number()),
        "--dir",
        folder.toAbsolutePath().toString(),
        "--save",
        "",
        "--appendonly",
        "yes",
        "--maxmemory",
        "256mb");
  }
}
