package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Administrators of a workspace while whole channel servers are under faults. {@code
 * -Dstarling.seeds=N} runs N seeds, {@code -Dstarling.seed=S} replays one.
 */
class AdministrationSimulationTest {

  private static final int SEEDS = Integer.getInteger("starling.seeds", 200);

  @Test
  void workspace_underFaults_isWhatItsEventsSay() {
    Long replay = Long.getLong("starling.seed");
    LongStream seeds = replay == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(replay);
    long events = seeds.map(AdministrationSimulationTest::run).sum();
    System.out.println("acts that became events: " + events);
    assertThat(events).isPositive();
  }

  private static long run(long seed) {
    SimAdministration cluster = new SimAdministration(seed, SimRules.KEPT);
    try {
      cluster.run();
    } catch (AssertionError e) {
      throw new AssertionError("replay with -Dstarling.seed=" + seed, e);
    }
    return cluster.events();
  }
}
