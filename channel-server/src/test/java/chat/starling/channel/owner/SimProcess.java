package chat.starling.channel.owner;

import chat.starling.platform.time.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A process in a simulated world: everything in it happens through it, so it can be stopped dead at
 * any moment, or frozen and thawed. Its clocks run at their own rate and show their own time.
 */
final class SimProcess {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SimWorld world;
  private final double rate;
  private final long skewMillis;
  private final List<Runnable> parked = new ArrayList<>();
  private boolean crashed;
  private boolean frozen;

  /**
   * A process that runs.
   *
   * @param rate of its monotonic clock against true time
   * @param skewMillis by which its time of day is wrong
   */
  SimProcess(SimWorld world, double rate, long skewMillis) {
    this.world = world;
    this.rate = rate;
    this.skewMillis = skewMillis;
  }

  /** A process whose clocks are right. */
  SimProcess(SimWorld world) {
    this(world, 1, 0);
  }

  InstantSource wall() {
    return () -> Instant.ofEpochMilli(world.nowMillis() + skewMillis);
  }

  MonotonicClock monotonic() {
    return () -> (long) (world.nowMillis() * rate * NANOS_PER_MILLI);
  }

  /** A loop of its own. */
  Loop loop() {
    return new Loop() {
      @Override
      public void execute(Runnable task) {
        after(0, task);
      }

      @Override
      public void schedule(Runnable task, Duration delay) {
        after(delay.toMillis(), task);
      }
    };
  }

  /**
   * Runs the task in the process, after a while of true time; later if the process is frozen then.
   */
  void after(long millis, Runnable task) {
    world.after(millis, () -> run(task));
  }

  private void run(Runnable task) {
    if (frozen) {
      parked.add(task);
    } else if (!crashed) {
      task.run();
    }
  }

  void crash() {
    crashed = true;
    frozen = false;
    parked.clear();
  }

  void freeze() {
    frozen = !crashed;
  }

  void thaw() {
    frozen = false;
    parked.forEach(task -> world.after(0, () -> run(task)));
    parked.clear();
  }

  boolean frozen() {
    return frozen;
  }
}
