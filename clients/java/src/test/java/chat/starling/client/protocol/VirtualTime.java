package chat.starling.client.protocol;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one planned task to the next. */
final class VirtualTime {
  private static final class Planned {
    final long at;
    final long order;
    final Runnable task;

    Planned(long at, long order, Runnable task) {
      this.at = at;
      this.order = order;
      this.task = task;
    }
  }

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(
          Comparator.<Planned>comparingLong(task -> task.at).thenComparingLong(task -> task.order));
  private long now = 1_000;
  private long order;

  long now() {
    return now;
  }

  void after(long millis, Runnable task) {
    planned.add(new Planned(now + millis, order++, task));
  }

  /** Runs the next task; false when there is none before this time. */
  boolean step(long until) {
    Planned next = planned.peek();
    if (next == null || next.at > until) {
      return false;
    }
    planned.remove();
    now = Math.max(now, next.at);
    next.task.run();
    return true;
  }
}
