package chat.starling.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  enum Mood {
    CALM,
    WIDE_AWAKE
  }

  record Inner(
      @Setting(value = "a pause", byDefault = "30s", min = 1_000, max = 60_000) Duration pause,
      @Setting(value = "nodes", byDefault = "a:1, b:2") List<HostPort> nodes) {}

  record Outer(
      @Setting(value = "a count", byDefault = "5", min = 1, max = 9) int count,
      @Setting(value = "a mood", byDefault = "calm") Mood mood,
      @Setting(value = "a secret", byDefault = "hush", secret = true) String secret,
      Inner innerPart) {}

  @Test
  void load_nothingGiven_takesDefaults() {
    Outer outer = load(null, Map.of(), Map.of()).value();
    assertThat(outer.count()).isEqualTo(5);
    assertThat(outer.innerPart().pause()).isEqualTo(Duration.ofSeconds(30));
    assertThat(outer.innerPart().nodes())
        .containsExactly(new HostPort("a", 1), new HostPort("b", 2));
  }

  @Test
  void load_laterSources_win(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("starling.yaml");
    Files.writeString(
        file, "count: 2\nmood: wide-awake\ninner-part:\n  pause: 2s\n  nodes: [x:3]\n");
    Outer outer =
        load(
                file,
                Map.of("STARLING_COUNT", "3", "STARLING_INNER_PART_PAUSE", "4s"),
                Map.of("count", "4"))
            .value();
    assertThat(outer.count()).isEqualTo(4);
    assertThat(outer.mood()).isEqualTo(Mood.WIDE_AWAKE);
    assertThat(outer.innerPart().pause()).isEqualTo(Duration.ofSeconds(4));
    assertThat(outer.innerPart().nodes()).containsExactly(new HostPort("x", 3));
  }

  @Test
  void load_wrongValues_namesEachByPathValueAndExpectation() {
    Map<String, String> wrong =
        Map.of(
            "count", "10", "mood", "sleepy", "inner-part.pause", "soon", "inner-part.nodes", "a");
    assertThatThrownBy(() -> load(null, Map.of(), wrong))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("count: 10 (expected: a value of 1..9)")
        .hasMessageContaining("mood: sleepy (expected: one of [calm, wide-awake])")
        .hasMessageContaining("inner-part.pause: soon (expected: a duration such as")
        .hasMessageContaining("inner-part.nodes: a (expected: host:port)");
  }

  @Test
  void load_unknownPath_isAProblem() {
    assertThatThrownBy(() -> load(null, Map.of(), Map.of("cuont", "1")))
        .hasMessageContaining("cuont: no such setting");
  }

  @Test
  void shown_masksSecrets() {
    assertThat(load(null, Map.of(), Map.of("secret", "tell")).shown())
        .containsEntry("secret", "********")
        .containsEntry("count", "5");
  }

  @Test
  void path_ofAComponentNamedLikeAWordOfJava_hasNoUnderscore() {
    assertThat(Binder.kebab("public_")).isEqualTo("public");
    assertThat(Binder.kebab("jwksUrl")).isEqualTo("jwks-url");
  }

  @Test
  void describe_listsEveryPath() {
    assertThat(Settings.describe(Outer.class)).contains("count", "inner-part.pause", "a pause");
  }

  private static Settings<Outer> load(
      @Nullable Path file, Map<String, String> env, Map<String, String> set) {
    return Settings.load(Outer.class, file, env, set);
  }
}
