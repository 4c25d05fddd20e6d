package chat.starling.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {

  private static final Duration SLICE = Duration.ofSeconds(10);

  @Test
  void events_withoutATick_areEachSentWhenDue() {
    Pacer pacer = new Pacer(1_000, Duration.ZERO, 500, SLICE);
    assertThat(pacer.nextAt(0)).isZero();
    assertThat(pacer.nextAt(3)).isEqualTo(millis(3));
    assertThat(pacer.due(millis(3), 3)).isEqualTo(1);
  }

  @Test
  void events_withATick_areSentTogetherAtIt() {
    Pacer pacer = new Pacer(1_000, Duration.ofMillis(20), 500, SLICE);
    assertThat(pacer.nextAt(1)).isEqualTo(millis(20));
    assertThat(pacer.due(millis(20), 1)).isEqualTo(20);
    assertThat(pacer.nextAt(21)).isEqualTo(millis(40));
    assertThat(pacer.due(millis(40), 21)).isEqualTo(20);
  }

  @Test
  void events_rarerThanTheTick_areNotHeldUntilThereAreMore() {
    Pacer pacer = new Pacer(10, Duration.ofMillis(20), 8, SLICE);
    assertThat(pacer.nextAt(1)).isEqualTo(millis(100));
    assertThat(pacer.due(millis(100), 1)).isEqualTo(1);
  }

  @Test
  void events_moreThanMayLag_areSentInParts() {
    Pacer pacer = new Pacer(1_000, Duration.ofMillis(20), 8, SLICE);
    assertThat(pacer.due(millis(20), 1)).isEqualTo(8);
  }

  @Test
  void pacer_thatWouldNeverSend_isRefused() {
    assertThatThrownBy(() -> new Pacer(0, Duration.ZERO, 8, SLICE))
        .hasMessageStartingWith("0 a second");
  }

  private static long millis(long count) {
    return Duration.ofMillis(count).toNanos();
  }
}
