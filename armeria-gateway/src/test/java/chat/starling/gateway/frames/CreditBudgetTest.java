package chat.starling.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditBudgetTest {

  private static final int MESSAGE = 100;

  /** Streams that send one message each, one after the other, and then nothing. */
  @ParameterizedTest
  @CsvSource({"65535,1", "65535,100", "1048576,30", "16777216,1000", "16777216,20000"})
  void ask_byStreamsThatFallIdle_neverSetsAsideMoreThanAThird(int window, int streams) {
    CreditBudget budget = new CreditBudget();
    int free = window;
    for (int stream = 1; stream <= streams; stream++) {
      int granted = Math.min(free, budget.ask(MESSAGE, free, stream));
      assertThat(granted).isGreaterThanOrEqualTo(Math.min(free, MESSAGE));
      free -= granted;
      budget.granted(granted);
      budget.used(MESSAGE);
      free += MESSAGE; // which the client has read
      assertThat(budget.setAside()).isLessThanOrEqualTo(window / 3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "16777216,10,65536",
    "16777216,1000,5592",
    "65535,1,21845",
    "0,5,100",
    "-70000,5,100"
  })
  void ask_givesEachStreamItsShareOfAThird(int window, int streams, int expected) {
    assertThat(new CreditBudget().ask(MESSAGE, window, streams)).isEqualTo(expected);
  }

  @Test
  void ask_forMoreThanItsShare_isForThatAlone() {
    assertThat(new CreditBudget().ask(1_000_000, 16 * 1024 * 1024, 1_000)).isEqualTo(1_000_000);
  }
}
