package chat.starling.gateway.frames;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What is to be done once everything written has left. */
final class DrainTasks {

  /** Few clients ever have any. */
  private @Nullable Queue<Runnable> tasks;

  void add(Runnable task) {
    Queue<Runnable> known = tasks;
    if (known == null) {
      known = new ArrayDeque<>(2);
      tasks = known;
    }
    known.add(task);
  }

  /** Does what is due now; what this adds waits for the next time. */
  void run() {
    Queue<Runnable> known = tasks;
    if (known == null) {
      return;
    }
    for (int due = known.size(); due > 0; due--) {
      known.remove().run();
    }
  }
}
