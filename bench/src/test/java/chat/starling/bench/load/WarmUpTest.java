package chat.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {

  private final WarmUp warmUp = new WarmUp(4);

  @Test
  void steadyServer_isWarmAfterTheLeastRounds() {
    assertThat(roundsUntilWarm(0.04)).isEqualTo(4);
  }

  @Test
  void serverThatGetsFaster_needsThreeRoundsThatShowItIsNot() {
    warmUp.did(100, 0);
    warmUp.did(110, 0);
    warmUp.did(120, 0);
    assertThat(roundsUntilWarm(0)).isEqualTo(6);
  }

  @Test
  void compilersAtWork_keepItGoing_butNotForEver() {
    assertThat(roundsUntilWarm(0.06)).isEqualTo(12);
  }

  @Test
  void compilersThatCameToRest_letItEndThreeRoundsLater() {
    for (int i = 0; i < 5; i++) {
      warmUp.did(120, 0.2);
    }
    assertThat(roundsUntilWarm(0)).isEqualTo(8);
  }

  private int roundsUntilWarm(double compiling) {
    while (warmUp.goesOn()) {
      warmUp.did(120, compiling);
    }
    return warmUp.done();
  }
}
