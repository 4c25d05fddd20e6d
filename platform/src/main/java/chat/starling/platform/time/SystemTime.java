package chat.starling.platform.time;

import java.time.InstantSource;

/** The machine's own clocks. */
public final class SystemTime {

  private SystemTime() {}

  /** The time of day, as good as the machine's; it may jump. */
  public static InstantSource wall() {
    return InstantSource.system();
  }

  /** The machine's monotonic clock. */
  public static MonotonicClock monotonic() {
    return System::nanoTime;
  }
}
