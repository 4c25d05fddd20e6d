package chat.starling.bench.permission;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * What was measured in slices of one thread's processor time: others on the machine matter less.
 */
final class Samples {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Samples() {}

  /** The processor time of this thread so far, in nanoseconds. */
  static long now() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** The median of the later half: compilers are done by then. */
  static double late(double[] rounds) {
    return median(Arrays.copyOfRange(rounds, rounds.length / 2, rounds.length));
  }

  private static double median(double[] all) {
    Arrays.sort(all);
    return all[all.length / 2];
  }
}
