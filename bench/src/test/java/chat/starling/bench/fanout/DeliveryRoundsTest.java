package chat.starling.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.bench.drain.Times;
import chat.starling.bench.process.ServerTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryRoundsTest {

  private static final int VIEWERS = 1_000;

  @Test
  void ratio_isTheMedianOfTheRoundsRatios() {
    var rounds =
        new DeliveryRounds(
            Map.of(
                "ours", List.of(slice(10, 1_000), slice(10, 500), slice(10, 100)),
                "bare", List.of(slice(10, 100), slice(10, 100), slice(10, 100))));
    assertThat(rounds.ratio("ours", "bare")).isEqualTo(0.2);
    assertThat(rounds.perProcessorSecond("ours")).isEqualTo(20_000);
  }

  @Test
  void rateThatWasHeld_isNotWorthALine() {
    var rounds = new DeliveryRounds(Map.of("ours", List.of(slice(99, 100))));
    assertThat(rounds.heldLine("ours", 100)).isEmpty();
  }

  @Test
  void rateThatWasNotHeld_isSaidWithWhatWas() {
    var rounds = new DeliveryRounds(Map.of("ours", List.of(slice(94, 100))));
    assertThat(rounds.heldLine("ours", 100))
        .hasValue("    ours did not hold 100 messages a second on this machine: it held 94.0");
  }

  private static DeliverySlice slice(long events, long processorMillis) {
    return new DeliverySlice(
        Duration.ofSeconds(1),
        new ServerTime(Duration.ofMillis(processorMillis), Duration.ZERO),
        events,
        events * VIEWERS,
        events * VIEWERS,
        Times.empty(),
        Times.empty());
  }
}
