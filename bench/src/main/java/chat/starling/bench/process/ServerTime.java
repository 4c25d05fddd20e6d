package chat.starling.bench.process;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/**
 * What servers took of the processors.
 *
 * @param processor all of it
 * @param compilers what of it went into compiling
 */
public record ServerTime(Duration processor, Duration compilers) {

  /** None. */
  public static final ServerTime NONE = new ServerTime(Duration.ZERO, Duration.ZERO);

  /** What these processes took so far. */
  public static ServerTime of(Collection<Long> pids) {
    return new ServerTime(ProcessorTime.of(pids), CompilerTime.of(pids));
  }

  /** What was taken since then. */
  public ServerTime since(ServerTime before) {
    Duration compiled = compilers.minus(before.compilers);
    return new ServerTime(
        processor.minus(before.processor), compiled.isNegative() ? Duration.ZERO : compiled);
  }

  /** The compilers' share, from 0 to 1. */
  public double compiling() {
    return processor.isZero() ? 0 : (double) compilers.toNanos() / processor.toNanos();
  }

  /** For people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%.2f s of CPU, %.0f %% of it compilers",
        processor.toNanos() / 1e9,
        100 * compiling());
  }
}
