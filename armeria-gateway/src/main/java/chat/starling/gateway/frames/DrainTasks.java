package chat.starling.gateway.frames;

import java.util.ArrayDeque;
import java.util.Queue;

/** What is to be done once everything written has left. */
final class DrainTasks {

  private final Queue<Runnable> tasks = new ArrayDeque<>(0);

  void add(Runnable task) {
    tasks.add(task);
  }

  /** Does what is due now; what this adds waits for the next time. */
  void run() {
    for (int due = tasks.size(); due > 0; due--) {
      tasks.remove().run();
    }
  }
}
