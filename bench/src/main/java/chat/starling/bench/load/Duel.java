package chat.starling.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Two sides that do the same work in turn, slice after slice, so that whatever else the machine
 * does meets both.
 *
 * @param inFlight pieces of work in flight
 * @param slice how long a side has its turn
 * @param rounds how many turns each side has that count
 * @param warmUp how many turns each side has before, that do not count
 */
public record Duel(int inFlight, Duration slice, int rounds, int warmUp) {

  /**
   * Runs it.
   *
   * @param settle called after each turn, until nothing of it goes on any more
   * @param progress told of each round
   */
  public Comparison run(Side first, Side second, Runnable settle, Consumer<String> progress) {
    List<Round> counted = new ArrayList<>();
    for (int i = 0; i < warmUp + rounds; i++) {
      Round round = new Round(turn(first, settle), turn(second, settle));
      progress.accept(
          (i < warmUp ? "warm-up " : "round ")
              + (i < warmUp ? i + 1 : i - warmUp + 1)
              + ": "
              + round.line(first.name(), second.name()));
      if (i >= warmUp) {
        counted.add(round);
      }
    }
    return new Comparison(first.name(), second.name(), counted);
  }

  private Slice turn(Side side, Runnable settle) {
    Slice slice = Load.run(side, inFlight, this.slice);
    settle.run();
    return slice;
  }
}
