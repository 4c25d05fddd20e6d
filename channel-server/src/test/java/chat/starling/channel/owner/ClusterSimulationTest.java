package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole channel servers under faults, on the production classes. {@code -Dstarling.seeds=N} runs N
 * seeds, {@code -Dstarling.seed=S} replays one.
 */
class ClusterSimulationTest {

  private static final int SEEDS = Integer.getInteger("starling.seeds", 200);
  private static final int SEEDS_TO_FIND_A_FAULT = 3_000;

  @Test
  void cluster_everyRuleKept_holdsItsPromises() {
    Long replay = Long.getLong("starling.seed");
    LongStream seeds = replay == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(replay);
    seeds.forEach(seed -> {
      String broken = run(seed, SimRules.KEPT);
      assertThat(broken).as("replay with -Dstarling.seed=" + seed).isEmpty();
      tell(seed);
    });
  }

  @Test
  void cluster_sameSeed_goesTheSameWay() {
    assertThat(outcome(42)).isEqualTo(outcome(42));
  }

  static Stream<Arguments> brokenRules() {
    return Stream.of(
        broken("fencing", SimRules.NoFencing::new),
        broken("lease check after the store's answer", SimRules.NoLeaseCheck::new),
        broken("compare-and-set of the start", SimRules.PlainStarts::new),
        broken("mark before rows", SimRules.RowsBeforeMark::new),
        broken("own marks", SimRules.SharedMark::new),
        broken("marks read last", SimRules.MarksFirst::new),
        broken("lease counted from the sending", SimRules.LeaseFromAnswer::new),
        broken("watch period longer than the lease", SimRules.ShortWatch::new));
  }

  private static Arguments broken(String rule, Supplier<SimRules> rules) {
    return Arguments.of(rule, rules);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenRules")
  void cluster_oneRuleOff_anInvariantBreaks(String rule, Supplier<SimRules> rules) {
    OptionalLong found =
        LongStream.rangeClosed(1, SEEDS_TO_FIND_A_FAULT)
            .filter(seed -> !run(seed, rules.get()).isEmpty())
            .findFirst();
    assertThat(found).as("a seed that shows that '%s' is needed", rule).isPresent();
    System.out.printf(
        "without '%s': seed %d, %s%n",
        rule, found.orElseThrow(), run(found.orElseThrow(), rules.get()));
  }

  /** The broken invariant; empty when all hold. */
  private static String run(long seed, SimRules rules) {
    try {
      new SimCluster(seed, rules).run();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String outcome(long seed) {
    SimCluster cluster = new SimCluster(seed, SimRules.KEPT);
    cluster.run();
    return cluster.outcome();
  }

  private static void tell(long seed) {
    if (SEEDS >= 1_000 && seed % 500 == 0) {
      System.out.println(seed + " of " + SEEDS + " seeds are clean");
    }
  }
}
