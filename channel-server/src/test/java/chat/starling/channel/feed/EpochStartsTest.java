package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.feed.EpochStarts.Start;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpochStartsTest {

  private static final Duration MONTH = Duration.ofDays(30);

  @Test
  void epochAt_betweenStarts_isTheLastBefore() {
    EpochStarts starts =
        EpochStarts.NONE.with(new Start(2, 1, 0), MONTH).with(new Start(7, 10, 0), MONTH);
    assertThat(starts.epochAt(0)).isZero();
    assertThat(starts.epochAt(9)).isEqualTo(2);
    assertThat(starts.epochAt(10)).isEqualTo(7);
    assertThat(starts.startOf(7)).isEqualTo(10);
    assertThat(starts.startOf(3)).isZero();
    assertThat(starts.version()).isEqualTo(2);
  }

  @Test
  void with_startThatNobodyWroteUnder_isDropped() {
    EpochStarts starts =
        EpochStarts.NONE
            .with(new Start(2, 1, 0), MONTH)
            .with(new Start(3, 5, 0), MONTH)
            .with(new Start(4, 5, 0), MONTH);
    assertThat(starts.starts()).extracting(Start::epoch).containsExactly(2L, 4L);
  }

  @Test
  void with_successorOlderThanTheLogsRows_dropsWhatItReplaced() {
    long later = MONTH.toMillis() + 1;
    EpochStarts starts =
        EpochStarts.NONE
            .with(new Start(2, 1, 0), MONTH)
            .with(new Start(3, 5, 0), MONTH)
            .with(new Start(4, 9, later), MONTH);
    assertThat(starts.starts()).extracting(Start::epoch).containsExactly(3L, 4L);
  }
}
