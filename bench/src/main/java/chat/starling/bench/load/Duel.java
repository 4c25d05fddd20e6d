package chat.starling.bench.load;

import chat.starling.bench.process.ServerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
 * @param servers processes that both load; warm-up goes on while compilers are at work in them
 */
public record Duel(int inFlight, Duration slice, int rounds, int warmUp, Collection<Long> servers) {

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

  private void warmUp(Side first, Side second, Runnable settle, Consumer<String> progress) {
    var warmUps = new WarmUp(warmUp);
    while (warmUps.goesOn()) {
      String name = "warm-up " + (warmUps.done() + 1);
      Round round = round(name, first, second, settle, progress);
      warmUps.did(round.first().perSecond(), round.servers().compiling());
    }
  }

  private Round round(
      String what, Side first, Side second, Runnable settle, Consumer<String> progress) {
    ServerTime before = ServerTime.of(servers);
    Slice firsts = turn(first, settle);
    Slice seconds = turn(second, settle);
    Round round = new Round(firsts, seconds, ServerTime.of(servers).since(before));
    progress.accept(what + ": " + round.line(first.name(), second.name()));
    return round;
  }

  private Slice turn(Side side, Runnable settle) {
    Slice slice = Load.run(side, inFlight, this.slice);
    settle.run();
    return slice;
  }
}
