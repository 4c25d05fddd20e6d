package chat.starling.gateway.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatternSizeTest {

  @Test
  void size_isWhatRepetitionsMakeOfIt() {
    assertThat(PatternSize.of("crow")).isEqualTo(4);
    assertThat(PatternSize.of("c(ro){3}w")).isEqualTo(11);
    assertThat(PatternSize.of("((x{30}){30}){9}")).isEqualTo(8379);
    assertThat(PatternSize.of("[{9}]{2,5}")).isEqualTo(5);
    assertThat(PatternSize.of("\\p{Greek}\\x{1F600}{3,}")).isEqualTo(4);
    assertThat(PatternSize.of("a\\{9}")).isEqualTo(4);
    assertThat(PatternSize.of("a{b}")).isEqualTo(4);
  }

  @Test
  void size_thatNoMemoryHolds_isKnownWithoutCompiling() {
    String grown = "x";
    for (int i = 0; i < 30; i++) {
      grown = "(" + grown + "){9}";
    }
    assertThat(PatternSize.of(grown)).isGreaterThan(1L << 60);
    assertThat(PatternSize.of(grown.replace("x", ""))).isGreaterThan(1L << 60);
    assertThat(PatternSize.of("(\\Q)\\E)")).isGreaterThan(1L << 60);
    assertThat(PatternSize.of("x{999999999}{999999999}{999999999}")).isGreaterThan(1L << 60);
  }

  @Test
  void program_isNeverManyTimesLarger() {
    Random random = new Random(7);
    String[] parts = {
      "a", "[b-d]", "\\d", "(", ")", "{3}", "{2,4}", "*", "|", "\\)", ".", "?", "(?:"
    };
    int compiled = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder pattern = new StringBuilder();
      for (int k = random.nextInt(12); k >= 0; k--) {
        pattern.append(parts[random.nextInt(parts.length)]);
      }
      long size = PatternSize.of(pattern.toString());
      try {
        int program = Pattern.compile(pattern.toString()).programSize();
        assertThat((long) program).as(pattern.toString()).isLessThanOrEqualTo(6 * size + 10);
        compiled++;
      } catch (PatternSyntaxException e) {
        // as most are
      }
    }
    assertThat(compiled).isGreaterThan(1_000);
  }
}
