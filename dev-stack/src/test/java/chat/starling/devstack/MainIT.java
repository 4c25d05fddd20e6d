package chat.starling.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.devstack.process.Port;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as users run it, in a JVM of its own. */
class MainIT {

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "KILL"})
  void command_endedBySignal_leavesNoChild(String signal) throws IOException {
    Process running = startOnFreePorts();
    awaitLine(running, "Ready");
    List<ProcessHandle> children = running.descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(6);
    signal(running, signal);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(children).noneMatch(MainIT::runs));
    assertThat(running.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void command_childDies_saysSoAtOnceWithItsLog() throws IOException {
    Process running = startOnFreePorts();
    awaitLine(running, "Ready");
    running
        .descendants()
        .filter(child -> child.info().command().orElse("").contains("redis-server"))
        .forEach(ProcessHandle::destroyForcibly);
    awaitLine(running, "redis: ended by itself");
    running.destroy();
    assertThat(running.onExit()).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void command_portBusy_namesPortAndOption() throws IOException, InterruptedException {
    try (var taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      List<String> options = freePorts();
      options.set(options.indexOf("--kafka-port") + 1, port);
      Process main = start(options.toArray(String[]::new));
      String told = new String(main.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(told).contains("kafka: port " + port + " is in use").contains("--kafka-port");
      assertThat(told).doesNotContain("\tat ");
      assertThat(main.waitFor()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--redis-port=0", "--gateways=6", "--backing=moon", "--backing=address"})
  void command_wrongOption_isRefusedByName(String option) throws IOException, InterruptedException {
    Process main = start("--backing-only", option);
    String told = new String(main.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(told).contains("(expected: ").contains("--").doesNotContain("\tat ");
    assertThat(main.waitFor()).isEqualTo(1);
  }

  @Test
  void command_countThatIsNoNumber_isRefusedByName() throws IOException, InterruptedException {
    Process main = start("--channel-servers=many");
    String told = new String(main.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(told.lines()).singleElement().asString().contains("--channel-servers", "many");
    assertThat(main.waitFor()).isEqualTo(2);
  }

  private Process startOnFreePorts() throws IOException {
    return start(freePorts().toArray(String[]::new));
  }

  private static List<String> freePorts() {
    List<Port> free = Port.free(6);
    List<String> options = new ArrayList<>();
    options.add("--backing-only");
    List<String> names =
        List.of("issuer", "cql", "cql-storage", "kafka", "kafka-controller", "redis");
    for (int i = 0; i < names.size(); i++) {
      options.add("--" + names.get(i) + "-port");
      options.add(Integer.toString(free.get(i).number()));
    }
    return options;
  }

  private Process start(String... options) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Tools.java());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of("--data", data.toString()));
    line.addAll(List.of(options));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  private static void awaitLine(Process process, String part) throws IOException {
    var seen = new StringBuilder();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(part)) {
        return;
      }
    }
    throw new AssertionError("ended without '" + part + "': " + seen);
  }

  private static void signal(Process process, String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
  }

  /** A process whose parent has not yet asked how it ended is no longer running. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
