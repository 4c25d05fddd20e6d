package chat.starling.bench.process;

import java.time.Duration;
import java.util.Collection;

/**
 * What processes have taken of the processors so far, in their own code and in the kernel for them,
 * as the system counts it: on Linux in steps of 10 ms.
 */
public final class ProcessorTime {

  private ProcessorTime() {}

  /**
   * Of these together.
   *
   * @throws IllegalStateException when one is gone, or the system does not tell
   */
  public static Duration of(Collection<Long> pids) {
    return pids.stream().map(ProcessorTime::of).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("no processor time of process " + pid));
  }
}
