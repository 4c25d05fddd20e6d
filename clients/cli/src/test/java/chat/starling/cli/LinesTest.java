package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Message;
import com.google.protobuf.Timestamp;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LinesTest {
  private final Lines lines = new Lines(ZoneId.of("Europe/Paris"));

  @Test
  void message_plain_showsLocalTimeAuthorAndText() {
    assertThat(lines.message(message("alice", "hello")).toString()).isEqualTo("23:13 alice: hello");
  }

  @Test
  void message_severalLines_indentsThem() {
    assertThat(lines.message(message("alice", "one\ntwo")).toString())
        .isEqualTo("23:13 alice: one\n      two");
  }

  @Test
  void message_sameAuthor_hasTheSameColour() {
    String first = lines.message(message("alice", "one")).toAnsi();
    assertThat(first)
        .contains("\u001b[")
        .startsWith(prefix(lines.message(message("alice", "two")).toAnsi()));
  }

  @Test
  void message_escapeSequences_cannotSteerTheTerminal() {
    String shown =
        lines.message(message("a\u001b[2J", "x\u0007\u001b]0;title\u009b1m\u202e")).toString();
    assertThat(shown).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e").contains("\uFFFD");
  }

  @Test
  void pending_text_isMarkedAndOnOneLine() {
    assertThat(lines.pending("one\ntwo").toString()).isEqualTo("  …   one two");
  }

  private static String prefix(String ansi) {
    return ansi.substring(0, ansi.indexOf("alice"));
  }

  private static Message message(String author, String text) {
    return Message.newBuilder()
        .setAuthor(Author.newBuilder().setUserId(4).setDisplayName(author))
        .setText(text)
        .setCreatedAt(Timestamp.newBuilder().setSeconds(1_700_000_000))
        .build();
  }
}
