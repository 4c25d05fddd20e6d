package chat.starling.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServerIT {

  private static final String READY = "touch ready; exec sleep 600";
  private static final String COUNTING = "while sleep 0.01; do echo >>count; done";

  @TempDir private Path folder;

  @Test
  void server_endsBeforeReady_failureHoldsItsLastWords() {
    try (var server = new LocalServer(spec("echo no luck today; exit 3", List.of()))) {
      assertThatThrownBy(server::start)
          .isInstanceOf(ServerFailure.class)
          .hasMessageContaining("exit code 3")
          .hasMessageContaining("no luck today");
    }
  }

  @Test
  void server_neverReady_isEndedAtItsLimit() {
    try (var server = new LocalServer(spec("exec sleep 600", List.of()))) {
      assertThatThrownBy(server::start).hasMessageContaining("not ready after 2 s");
      assertThat(server.isAlive()).isFalse();
    }
  }

  @Test
  void port_inUse_isNamedWithItsSetting() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var server =
            new LocalServer(spec(READY, List.of(new Port(taken.getLocalPort(), "--a-port"))))) {
      assertThatThrownBy(server::start)
          .hasMessageContaining("port " + taken.getLocalPort() + " is in use")
          .hasMessageContaining("--a-port");
      assertThat(folder.resolve("ready")).doesNotExist();
    }
  }

  @Test
  void server_diesByItself_isReported() {
    var dead = new AtomicReference<LocalServer>();
    try (var server = new LocalServer(spec(READY, List.of()), InstantSource.system(), dead::set)) {
      server.start();
      server.signal("KILL");
      await().untilAsserted(() -> assertThat(dead.get()).isSameAs(server));
    }
  }

  @Test
  void server_closed_isNotReportedAsDead() {
    var dead = new AtomicReference<LocalServer>();
    var server = new LocalServer(spec(READY, List.of()), InstantSource.system(), dead::set);
    server.start();
    server.close();
    assertThat(server.isAlive()).isFalse();
    assertThat(dead.get()).isNull();
  }

  @Test
  void server_frozen_isKilledOnClose() {
    var server = new LocalServer(spec(READY, List.of()));
    server.start();
    server.signal("STOP");
    server.close();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void server_paused_standsStillUntilResumed() throws IOException {
    try (var server = new LocalServer(spec("touch ready; " + COUNTING, List.of()))) {
      server.start();
      server.pause();
      await().until(() -> state(server).equals("T"));
      server.resume();
      await().until(() -> !state(server).equals("T"));
      long now = counted();
      await().until(() -> counted() > now);
    }
  }

  @Test
  void server_paused_canBeKilledAndStartedAgain() {
    try (var server = new LocalServer(spec(READY, List.of()))) {
      server.start();
      server.pause();
      server.kill9();
      assertThat(server.isAlive()).isFalse();
      server.start();
      assertThat(state(server)).isNotEqualTo("T");
    }
  }

  @Test
  void server_running_leavesItsPidInAFileUntilItsEnd() throws IOException {
    try (var server = new LocalServer(spec(READY, List.of()))) {
      server.start();
      assertThat(Files.readString(server.pidFile())).isEqualTo(server.pid() + "\n");
      server.kill9();
      assertThat(server.pidFile()).doesNotExist();
    }
  }

  @Test
  void server_notRunning_takesNoSignal() {
    try (var server = new LocalServer(spec(READY, List.of()))) {
      server.start();
      assertThatThrownBy(server::start).hasMessage("script: runs already");
      server.kill9();
      assertThatThrownBy(server::pause).hasMessage("script: does not run");
    }
  }

  @Test
  void server_killedAndRestarted_isAnotherProcessWithTheSameLog() throws IOException {
    try (var server = new LocalServer(spec("echo here; " + READY, List.of()))) {
      server.start();
      long first = server.pid();
      server.kill9();
      server.restart();
      assertThat(server.pid()).isNotEqualTo(first);
      assertThat(Files.readString(server.logFile())).isEqualTo("here\nhere\n");
    }
  }

  private long counted() throws IOException {
    return Files.size(folder.resolve("count"));
  }

  /** The letter that {@code ps} has for what the process does. */
  private static String state(LocalServer server) {
    try {
      var ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(server.pid())).start();
      return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerSpec spec(String script, List<Port> ports) {
    return new ServerSpec(
        "script",
        ports,
        folder,
        folder.resolve("log"),
        List.of("sh", "-c", script),
        Map.of(),
        () -> Files.deleteIfExists(folder.resolve("ready")),
        this::askReady,
        Duration.ofSeconds(2),
        Duration.ofSeconds(1));
  }

  private void askReady() throws IOException {
    if (Files.notExists(folder.resolve("ready"))) {
      throw new IOException("no file ready");
    }
  }
}
