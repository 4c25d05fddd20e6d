package chat.starling.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.ServerSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyboardIT {

  @TempDir private Path folder;

  private LocalServer bird;

  @BeforeEach
  void start() {
    bird = new LocalServer(spec());
    bird.start();
  }

  @AfterEach
  void end() {
    bird.close();
  }

  @Test
  void kill_runningServer_killsItAndStartBringsAnother() throws IOException {
    long first = bird.pid();
    assertThat(typed("kill bird")).isEqualTo("  bird is killed\n");
    assertThat(bird.isAlive()).isFalse();
    assertThat(typed("start bird")).contains("bird is ready after ", ", pid " + bird.pid());
    assertThat(bird.pid()).isNotEqualTo(first);
  }

  @Test
  void pauseAndResume_runningServer_leaveItRunning() throws IOException {
    assertThat(typed("pause bird\n\nresume bird\n"))
        .isEqualTo("  bird is paused\n  bird goes on\n");
    assertThat(bird.isAlive()).isTrue();
  }

  @Test
  void line_thatMakesNoSense_isAnsweredWithWhatWould() throws IOException {
    assertThat(typed("feed bird")).contains("feed (expected: kill, start, restart, ");
    assertThat(typed("kill cat")).contains("cat (expected: bird)");
    assertThat(typed("kill")).contains("kill (expected: ", "and the name of a server");
    assertThat(typed("start bird")).contains("bird: runs already");
  }

  private String typed(String lines) throws IOException {
    var said = new ByteArrayOutputStream();
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    new Keyboard(List.of(bird), out).obey(new StringReader(lines));
    return said.toString(StandardCharsets.UTF_8);
  }

  private ServerSpec spec() {
    return new ServerSpec(
        "bird",
        List.of(),
        folder,
        folder.resolve("log"),
        List.of("sleep", "600"),
        Map.of(),
        () -> {},
        () -> {},
        Duration.ofSeconds(10),
        Duration.ofSeconds(1));
  }
}
