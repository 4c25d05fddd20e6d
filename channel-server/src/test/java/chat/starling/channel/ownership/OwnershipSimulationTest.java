package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ownership under faults. {@code -Dstarling.seeds=N} runs N seeds, {@code -Dstarling.seed=S}
 * replays one.
 */
class OwnershipSimulationTest {

  private static final int SEEDS = Integer.getInteger("starling.seeds", 200);
  private static final int SEEDS_TO_FIND_A_FAULT = 2_000;

  @Test
  void ownership_everyRuleKept_holdsUnderFaults() {
    Long replay = Long.getLong("starling.seed");
    LongStream seeds = replay == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(replay);
    seeds.forEach(OwnershipSimulationTest::runKept);
  }

  private static void runKept(long seed) {
    try {
      new OwnershipSimulation(seed, Rules.ALL, true).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("replay with -Dstarling.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  static Stream<Arguments> brokenRules() {
    return Stream.of(
        Arguments.of("lease counted from the answer", new BrokenRules.LeaseFromAnswer()),
        Arguments.of("watch counted from the look's sending", new BrokenRules.WatchFromSending()),
        Arguments.of("watch period as long as the lease", new BrokenRules.WatchWithoutFactors()),
        Arguments.of("watch period shorter than the lease", new BrokenRules.ShortWatch()),
        Arguments.of("claim without fencing", new BrokenRules.ClaimWithoutFencing()),
        Arguments.of("begin beside a predecessor", new BrokenRules.BeginBesidePredecessor()));
  }

  @Test
  void ownership_feedsGoOnWhileTheShardIsGivenUp_twoOwnersAreFound() {
    requireFound("give up what is not finished", Rules.ALL, false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenRules")
  void ownership_oneRuleBroken_twoOwnersAreFound(String name, Rules rules) {
    requireFound(name, rules, true);
  }

  private static void requireFound(String name, Rules rules, boolean finishing) {
    OptionalLong found =
        LongStream.rangeClosed(1, SEEDS_TO_FIND_A_FAULT)
            .filter(seed -> hasTwoOwners(seed, rules, finishing))
            .findFirst();
    assertThat(found).as(name).isPresent();
    System.out.println("broken rule: " + name + ", found by seed " + found.orElseThrow());
  }

  private static boolean hasTwoOwners(long seed, Rules rules, boolean finishing) {
    try {
      new OwnershipSimulation(seed, rules, finishing).run();
      return false;
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage()).contains("has two owners");
    }
  }
}
