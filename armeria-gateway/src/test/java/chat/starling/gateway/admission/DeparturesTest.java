package chat.starling.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeparturesTest {

  private static final int SESSIONS = 60_000;

  @Test
  void moments_ofManySessions_areSpreadEvenlyOverTheWindow() {
    Departures departures =
        new Departures(Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(5));
    Random random = new Random(1);
    int[] perSecond = new int[60];
    for (int i = 0; i < SESSIONS; i++) {
      perSecond[(int) departures.moment(random::nextDouble).toSeconds()]++;
    }
    assertThat(Arrays.stream(perSecond))
        .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    assertThat(departures.last()).hasSeconds(65);
  }

  @Test
  void moments_noWindow_areAtOnce() {
    Departures departures = new Departures(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    assertThat(departures.moment(() -> 0.999)).isZero();
  }
}
