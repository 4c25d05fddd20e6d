package chat.starling.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway's copy of a workspace under reads that are slow, events that are late, streams that
 * break and owners that lose patience, in any order.
 */
class ReplicaSimulationTest {

  private static final int STEPS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void permits_neverAllowWhatWasForbiddenBeforeAnAnsweredAct(long seed) {
    SimWorkspace world = new SimWorkspace(seed);
    for (int i = 0; i < STEPS; i++) {
      world.step();
    }
    assertThat(world.checked()).as("looks at permits that could be gone by").isPositive();
    assertThat(world.answered()).as("acts answered").isPositive();
    world.calm();
    assertThat(world.sameAsTruth()).as("in the end it knows how it is").isTrue();
  }
}
