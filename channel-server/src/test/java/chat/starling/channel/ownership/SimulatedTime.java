package chat.starling.channel.ownership;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The true time of a simulation and everything that is still to happen in it. */
final class SimulatedTime {

  private record Happening(long at, long order, Runnable what) {}

  private final PriorityQueue<Happening> agenda =
      new PriorityQueue<>(
          Comparator.comparingLong(Happening::at).thenComparingLong(Happening::order));
  private long now;
  private long order;

  /** Nanoseconds since the simulation began. */
  long now() {
    return now;
  }

  void after(long delay, Runnable what) {
    agenda.add(new Happening(now + delay, order++, what));
  }

  /** Lets everything happen that is due within {@code span}, with a check after every step. */
  void run(long span, Runnable check) {
    long end = now + span;
    for (Happening next = agenda.peek(); next != null && next.at() <= end; next = agenda.peek()) {
      agenda.remove();
      now = next.at();
      next.what().run();
      check.run();
    }
    now = end;
  }
}
