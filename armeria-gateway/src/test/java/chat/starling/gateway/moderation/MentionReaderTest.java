package chat.starling.gateway.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Mentions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"@everyone", "@here!", "(@channel)", "look, @here", "näh @everyone", "🐦@here"})
  void everyone_namedAsAWord_isMentionedByWhoMay(String text) {
    assertThat(MentionReader.in(text, true).getEveryone()).isTrue();
    assertThat(MentionReader.in(text, false)).isEqualTo(Mentions.getDefaultInstance());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "everyone",
        "@everyones",
        "@here_",
        "ada@here.com",
        "@@here",
        "@ here",
        "@Everyone",
        "<@here>",
        "@",
        ""
      })
  void everyone_notNamedAsAWord_isNotMentioned(String text) {
    assertThat(MentionReader.in(text, true)).isEqualTo(Mentions.getDefaultInstance());
  }

  @Test
  void users_areFoundInTheirOrder_eachOnce() {
    String text = "<@7> and <@9223372036854775807>, <@7> @here";
    assertThat(MentionReader.in(text, true))
        .isEqualTo(
            Mentions.newBuilder()
                .addUserIds(7)
                .addUserIds(Long.MAX_VALUE)
                .setEveryone(true)
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<@>", "<@0>", "<@7", "<@x>", "@7", "<@9223372036854775808>", "<@-7>", "<@7 >"})
  void users_thatAreNone_areNotMentioned(String text) {
    assertThat(MentionReader.in(text, true).getUserIdsList()).isEmpty();
  }

  @Test
  void users_beyondTheLimit_areText() {
    String text =
        IntStream.rangeClosed(1, 60).mapToObj(i -> "<@" + i + ">").collect(Collectors.joining());
    assertThat(MentionReader.in(text, true).getUserIdsList()).hasSize(50).contains(1L, 50L);
  }
}
