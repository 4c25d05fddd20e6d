package chat.starling.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * What the compilers of Java processes have taken of the processors so far. A server compiles for
 * minutes on a small machine, and what it does meanwhile costs more than it will ever cost again.
 */
public final class CompilerTime {

  /** Linux keeps fifteen characters of a thread's name: of "C2 CompilerThread0" these. */
  private static final String NAME = " CompilerThre";

  private static final Duration CLOCK_TICK = Duration.ofMillis(10);

  /** Fields of /proc/PID/stat behind the name that come before utime and stime: proc(5). */
  private static final int BEFORE = 11;

  private CompilerTime() {}

  /**
   * Of these together; less than it was once a compiler's thread has ended, and zero where the
   * system does not tell, or where a process has no compiler.
   */
  public static Duration of(Collection<Long> pids) {
    return pids.stream().map(CompilerTime::of).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration of(long pid) {
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    if (!Files.isDirectory(tasks)) {
      return Duration.ZERO;
    }
    try (Stream<Path> all = Files.list(tasks)) {
      return all.map(task -> ofTask(task.resolve("stat"))).reduce(Duration.ZERO, Duration::plus);
    } catch (IOException e) {
      return Duration.ZERO; // it has ended meanwhile
    }
  }

  private static Duration ofTask(Path stat) {
    try {
      return ofStat(Files.readString(stat, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Duration.ZERO; // it has ended meanwhile
    }
  }

  /** Of a thread, from the line that the system has of it. */
  static Duration ofStat(String stat) {
    int end = stat.lastIndexOf(')');
    if (!stat.substring(0, end).endsWith(NAME)) {
      return Duration.ZERO;
    }
    String[] fields = stat.substring(end + 2).split(" ", -1);
    return CLOCK_TICK.multipliedBy(
        Long.parseLong(fields[BEFORE]) + Long.parseLong(fields[BEFORE + 1]));
  }
}
