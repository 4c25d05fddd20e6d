package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class TranscriptTest {

  private final Transcript transcript = new Transcript();

  private static AttributedString line(String text) {
    return new AttributedString(text);
  }

  @Test
  void replace_takesTheTextAwayWhereverItStands_andKeepsTheOrder() {
    transcript.add(1, line("one"));
    transcript.add(Transcript.NO_KEY, line("notice"));
    transcript.add(1, line("one again"));
    assertThat(transcript.replace(1, line("gone"))).isTrue();
    assertThat(transcript.last(3).map(AttributedString::toString))
        .containsExactly("gone", "notice", "gone");
    assertThat(transcript.replace(Transcript.NO_KEY, line("?"))).isFalse();
    assertThat(transcript.replace(2, line("?"))).isFalse();
  }

  @Test
  void add_moreThanAreKept_forgetsTheOldest() {
    IntStream.rangeClosed(1, 600).forEach(i -> transcript.add(i, line("line " + i)));
    assertThat(transcript.replace(100, line("?"))).isFalse();
    assertThat(transcript.replace(101, line("!"))).isTrue();
    assertThat(transcript.last(1000)).hasSize(500);
    assertThat(transcript.last(2).map(AttributedString::toString))
        .containsExactly("line 599", "line 600");
  }
}
