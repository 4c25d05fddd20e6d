package chat.starling.bench.servers;

import chat.starling.devstack.process.ServerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The development database without the thrift of development: both compilers, a heap of 1 GiB, the
 * collector that a server gets by default, and a thread for every write that waits for the disk.
 * Its log is still synced before each answer.
 */
final class FullSpeed {

  private static final List<String> THRIFT =
      List.of("-Xms", "-Xmx", "-XX:TieredStopAtLevel", "-XX:+UseSerialGC", "-XX:MaxDirectMemory");

  /**
   * A write holds its thread until the log is synced, so fewer threads than writes in flight would
   * make the disk's pace the measure of everything.
   */
  private static final Map<String, String> CONFIGURATION =
      Map.of(
          "concurrent_writes: 32", "concurrent_writes: 512",
          "native_transport_max_threads: 32", "native_transport_max_threads: 512",
          "memtable_heap_space: 64MiB", "memtable_heap_space: 256MiB");

  private FullSpeed() {}

  /** The same server with other options of its Java and its configuration. */
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
        () -> {
          spec.preparation().prepare();
          loosen(spec.folder().resolve("cassandra.yaml"));
        },
        spec.probe(),
        spec.startLimit(),
        spec.stopLimit());
  }

  private static void loosen(Path configuration) throws IOException {
    String text = Files.readString(configuration);
    for (var change : CONFIGURATION.entrySet()) {
      if (!text.contains(change.getKey())) {
        throw new IllegalStateException(configuration + " does not say " + change.getKey());
      }
      text = text.replace(change.getKey(), change.getValue());
    }
    Files.writeString(configuration, text);
  }
}
