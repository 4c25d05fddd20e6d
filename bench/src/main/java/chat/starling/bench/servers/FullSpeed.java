package chat.starling.bench.servers;

import chat.starling.devstack.process.ServerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The development database without the thrift of development: both compilers, a heap of 1 GiB and
 * the collector that a server gets by default. Its log is still synced before each answer.
 */
final class FullSpeed {

  private static final List<String> THRIFT =
      List.of("-Xms", "-Xmx", "-XX:TieredStopAtLevel", "-XX:+UseSerialGC", "-XX:MaxDirectMemory");

  private FullSpeed() {}

  /** The same server with other options of its Java. */
  static ServerSpec of(ServerSpec spec) {
    List<String> command = new ArrayList<>(spec.command());
    command.removeIf(option -> THRIFT.stream().anyMatch(option::startsWith));
    command.addAll(1, List.of("-Xms1g", "-Xmx1g"));
    return new ServerSpec(
        spec.name(),
        spec.ports(),
        spec.folder(),
        spec.log(),
        command,
        spec.environment(),
        spec.preparation(),
        spec.probe(),
        spec.startLimit(),
        spec.stopLimit());
  }
}
