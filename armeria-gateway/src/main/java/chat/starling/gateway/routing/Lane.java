package chat.starling.gateway.routing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The one thread that a call lives on, with its clock and its dice. */
public interface Lane {

  /** Runs the step on this lane's thread, after everything that was handed over before. */
  void execute(Runnable step);

  /** Runs the step on this lane's thread once the time has passed; the result calls it off. */
  Runnable after(Duration wait, Runnable step);

  /** Nanoseconds since an arbitrary moment; compare by subtraction only. */
  long nanos();

  /** Where jitter comes from. */
  RandomGenerator random();
}
