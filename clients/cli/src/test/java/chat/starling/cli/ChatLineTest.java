package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatLineTest {
  @Test
  void line_withoutASlash_isSaid() {
    assertThat(ChatLine.parse(" don't \"worry\"! "))
        .isEqualTo(new ChatLine.Say(" don't \"worry\"!"));
  }

  @Test
  void line_withTwoSlashes_saysWhatFollowsTheFirst() {
    assertThat(ChatLine.parse("//etc")).isEqualTo(new ChatLine.Say("/etc"));
  }

  @Test
  void line_blank_isNothing() {
    assertThat(ChatLine.parse("  ")).isEqualTo(new ChatLine.Nothing());
  }

  @Test
  void command_known_isRead() {
    assertThat(ChatLine.parse("/join birds")).isEqualTo(new ChatLine.Join("birds", false));
    assertThat(ChatLine.parse("/join birds /create")).isEqualTo(new ChatLine.Join("birds", true));
    assertThat(ChatLine.parse("/CREATE birds")).isEqualTo(new ChatLine.Create("birds"));
    assertThat(ChatLine.parse("/history")).isEqualTo(new ChatLine.History(20));
    assertThat(ChatLine.parse("/history 1000")).isEqualTo(new ChatLine.History(1000));
    assertThat(ChatLine.parse("/who")).isEqualTo(new ChatLine.Who());
    assertThat(ChatLine.parse("/channels")).isEqualTo(new ChatLine.Channels());
    assertThat(ChatLine.parse("/help")).isEqualTo(new ChatLine.Help());
    assertThat(ChatLine.parse("/quit")).isEqualTo(new ChatLine.Quit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nick x",
        "/join",
        "/join a b",
        "/create",
        "/history 0",
        "/history 1001",
        "/history x"
      })
  void command_wrong_isAMistakeThatSaysWhatWouldBeRight(String line) {
    assertThat(ChatLine.parse(line))
        .isInstanceOfSatisfying(
            ChatLine.Mistake.class,
            mistake -> assertThat(mistake.text()).containsAnyOf("expected", "/help"));
  }
}
