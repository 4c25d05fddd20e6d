package chat.starling.gateway.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.internal.v1.Filter;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextFiltersTest {

  @Test
  void word_isStoppedAsAWholeInAnyCase() {
    TextFilters filters = TextFilters.of(List.of(word("damn"), word("Öl")));
    assertThat(List.of("damn", "DAMN!", "well,damn.it", "kein öl", "🐦damn🐦"))
        .allMatch(filters::stop);
    assertThat(List.of("damnation", "goddamn", "dam n", "", "ölig")).noneMatch(filters::stop);
  }

  @Test
  void pattern_isStoppedAnywhereInAnyCase() {
    TextFilters filters = TextFilters.of(List.of(pattern("fr[e3]{2} coins?")));
    assertThat(filters.stop("get FR3E COIN now")).isTrue();
    assertThat(filters.stop("free of coins")).isFalse();
  }

  @Test
  void pattern_thatIsNone_letsThrough_andIsToldToWhoAsks() {
    assertThat(TextFilters.of(List.of(pattern("("))).stop("(")).isFalse();
    assertThatThrownBy(() -> TextFilters.instructions("("))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  void pattern_thatGrows_isSeenByItsInstructions() {
    assertThat(TextFilters.instructions("[a-z]+@[a-z]+")).isLessThan(50);
    assertThat(TextFilters.instructions("(a{30}){30}")).isGreaterThan(900);
  }

  @Test
  void pattern_thatIsSlowElsewhere_isNotHere() {
    TextFilters filters = TextFilters.of(List.of(pattern("(a+)+$"), pattern("(a|aa)*b")));
    assertThat(filters.stop("a".repeat(4_000) + "!")).isFalse();
  }

  @Test
  void text_thatPatternsTakeLongFor_countsAsManyMessages() {
    TextFilters filters = TextFilters.of(List.of(pattern("(a|aa){100}b")));
    assertThat(filters.weight("hello")).isEqualTo(1);
    assertThat(filters.weight("a".repeat(4_000))).isBetween(20, 100);
    assertThat(TextFilters.NONE.weight("a".repeat(4_000))).isEqualTo(1);
  }

  @Test
  void none_letsEverythingThrough() {
    assertThat(TextFilters.NONE.stop("anything")).isFalse();
    assertThat(TextFilters.of(List.of())).isSameAs(TextFilters.NONE);
  }

  @Test
  void word_isLettersAndDigits() {
    assertThat(List.of("damn", "4ever", "öl")).allMatch(TextFilters::isWord);
    assertThat(List.of("", "two words", "a-b", "@here")).noneMatch(TextFilters::isWord);
  }

  private static Filter word(String text) {
    return Filter.newBuilder().setText(text).build();
  }

  private static Filter pattern(String text) {
    return Filter.newBuilder().setText(text).setPattern(true).build();
  }
}
