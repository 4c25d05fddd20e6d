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
 * @param warmUp how many turns each side has before, at least, that do not count
 */
public record Duel(int inFlight, Duration slice, int rounds, int warmUp) {

  private static final int MOST_WARM_UPS = 3;
  private static final double STILL_FASTER = 1.05;

  /**
   * Runs it.
   *
   * @param settle called after each turn, until nothing of it goes on any more
   * @param progress told of each round
   */
  public Comparison run(Side first, Side second, Runnable settle, Consumer<String> progress) {
    warmUp(first, second, settle, progress);
    List<Round> counted = new ArrayList<>();
    for (int i = 1; i <= rounds; i++) {
      counted.add(round("round " + i, first, second, settle, progress));
    }
    return new Comparison(first.name(), second.name(), counted);
  }

  /** Goes on for as long as compilers still make the first side faster, as three rounds show. */
  private void warmUp(Side first, Side second, Runnable settle, Consumer<String> progress) {
    double best = 0;
    int noFaster = 0;
    for (int i = 1; i <= warmUp || (noFaster < 3 && i <= MOST_WARM_UPS * warmUp); i++) {
      double now = round("warm-up " + i, first, second, settle, progress).first().perSecond();
      noFaster = now > best * STILL_FASTER ? 0 : noFaster + 1;
      best = Math.max(best, now);
    }
  }

  private Round round(
      String what, Side first, Side second, Runnable settle, Consumer<String> progress) {
    Round round = new Round(turn(first, settle), turn(second, settle));
    progress.accept(what + ": " + round.line(first.name(), second.name()));
    return round;
  }

  private Slice turn(Side side, Runnable settle) {
    Slice slice = Load.run(side, inFlight, this.slice);
    settle.run();
    return slice;
  }
}
