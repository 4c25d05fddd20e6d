package chat.starling.gateway.routing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A lane whose time goes on only when a test lets it. */
final class SimulatedLane implements Lane {

  private record Timer(long due, long number, Runnable step) {}

  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
  private final Random random;
  private long now = -5_000_000_000L;
  private long count;

  SimulatedLane(long seed) {
    random = new Random(seed);
  }

  @Override
  public void execute(Runnable step) {
    steps.add(step);
  }

  @Override
  public Runnable after(Duration wait, Runnable step) {
    Timer timer = new Timer(now + wait.toNanos(), count++, step);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  /** Runs what is due now. */
  void run() {
    for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
      step.run();
    }
  }

  /** Lets the time pass, running everything that falls due at its moment. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    run();
    for (Timer next = timers.peek(); next != null && next.due <= end; next = timers.peek()) {
      timers.remove(next);
      now = next.due;
      next.step.run();
      run();
    }
    now = end;
  }
}
