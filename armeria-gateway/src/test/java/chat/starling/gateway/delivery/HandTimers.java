package chat.starling.gateway.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The timers of an event loop, which run when a test says so. */
final class HandTimers implements Delay {

  private final List<Runnable> waiting = new ArrayList<>();

  @Override
  public void run(Duration after, Runnable task) {
    waiting.add(task);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Runs all that wait now; what they start waits for the next turn. */
  void turn() {
    List<Runnable> now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(Runnable::run);
  }

  /** Every slice of sessions has its turn to be bumped. */
  void interval() {
    for (int i = 0; i < BumpRelay.SLICES; i++) {
      turn();
    }
  }
}
