package chat.starling.channel.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

  @ParameterizedTest
  @CsvSource({
    "Ada, ada",
    "ＡＤＡ, ada",
    "Straße, strasse",
    "STRASSE, strasse",
    "ﬁsh, fish",
    "Σίσυφος, σίσυφοσ",
    "ΣΊΣΥΦΟΣ, σίσυφοσ",
    "'  Bo ', bo"
  })
  void fold_leavesOutWhatMakesNoDifference(String name, String folded) {
    assertThat(Folding.fold(name)).isEqualTo(folded);
    assertThat(Folding.fold(Folding.fold(name))).isEqualTo(folded);
  }

  @Test
  void fold_composedAndDecomposed_areOne() {
    assertThat(Folding.fold("Zoe\u0308")).isEqualTo(Folding.fold("Zo\u00eb"));
  }

  @Test
  void fold_ofALongName_isBounded_andCutsNoLetter() {
    String folded = Folding.fold("\uD83D\uDE00".repeat(500));
    assertThat(folded.codePointCount(0, folded.length())).isEqualTo(100);
    assertThat(folded.codePoints()).allMatch(point -> point == 0x1F600);
  }

  @Test
  void end_isAfterEverythingThatBeginsSo() {
    for (String more : new String[] {"", "z", "\uFFFD", "\uD83D\uDE00"}) {
      assertThat(Folding.ORDER.compare("ad" + more, Folding.end("ad"))).isNegative();
    }
    assertThat(Folding.ORDER.compare("ae", Folding.end("ad"))).isPositive();
  }
}
