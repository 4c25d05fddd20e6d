package chat.starling.channel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTest {

  static String[] wrong() {
    return new String[] {
      "", " ", "-a", "_a", "General", "a b", "ä", "a\n", "a.b", "a".repeat(81), "🐦"
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "general", "a-b_c", "2026-plans"})
  void name_byTheRule_isTaken(String name) {
    assertThat(ChannelName.check(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void name_againstTheRule_isRefused(String name) {
    assertThatThrownBy(() -> ChannelName.check(name)).hasMessageContaining("expected: 1..80");
  }
}
