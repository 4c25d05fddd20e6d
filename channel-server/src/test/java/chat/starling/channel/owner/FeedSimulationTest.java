package chat.starling.channel.owner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole lives of one feed: appends, retries, subscribers, readers, a faulty store, crashes and
 * restarts under new epochs, on the production classes. Every life is named by its seed.
 */
class FeedSimulationTest {

  private static final int LIVES = 300;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.2})
  void life_storeFailsSoOften_promisesHold(double faults) {
    for (long seed = 0; seed < LIVES; seed++) {
      live(seed, faults);
    }
  }

  @Test
  void life_sameSeed_goesTheSameWay() {
    org.assertj.core.api.Assertions.assertThat(live(42, 0.1)).isEqualTo(live(42, 0.1));
  }

  private static String live(long seed, double faults) {
    FeedLife life = new FeedLife(seed, faults);
    try {
      life.live();
      return life.outcome();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", faults " + faults, e);
    }
  }
}
