package chat.starling.bench;

import chat.starling.bench.load.Duel;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of every benchmark in which sides take turns. */
final class Turns {

  @Option(names = "--rounds", defaultValue = "7", description = "rounds that count; 5 or more")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "8",
      description = "rounds before, at least, that do not")
  private int warmUp;

  @Option(names = "--slice-seconds", defaultValue = "4", description = "length of a side's turn")
  private int sliceSeconds;

  int rounds() {
    return rounds;
  }

  int warmUp() {
    return warmUp;
  }

  /** Rounds of warm-up of servers that have done the same before, at another rate. */
  int warmUpAgain() {
    return (warmUp + 3) / 4;
  }

  Duration slice() {
    return Duration.ofSeconds(sliceSeconds);
  }

  Duel duel(int inFlight, Collection<Long> servers) {
    return new Duel(inFlight, slice(), rounds, warmUp, servers);
  }

  /** Adds the options that say how much was measured. */
  void note(Map<String, Object> options) {
    options.put("rounds", rounds);
    options.put("slice_seconds", sliceSeconds);
  }
}
