package chat.starling.bench.process;

import chat.starling.devstack.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is alive in the heap of another Java process.
 *
 * @param bytes of all objects
 * @param byClass of each class's objects, by its name as the virtual machine writes it
 */
public record LiveHeap(long bytes, Map<String, Long> byClass) {

  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
  private static final int MOST_LOOKS = 30;
  private static final double STILL = 0.002;

  /** Collects the process's garbage and counts what is left. */
  public static LiveHeap of(long pid) {
    return parse(jcmd(pid, "GC.class_histogram"));
  }

  /**
   * Counts until what is left changes no more: what was begun has been done, what was dropped is
   * gone.
   */
  public static LiveHeap settled(long pid) {
    LiveHeap before = of(pid);
    for (int i = 0; i < MOST_LOOKS; i++) {
      LiveHeap now = of(pid);
      if (Math.abs(now.bytes - before.bytes) <= STILL * before.bytes) {
        return now;
      }
      before = now;
    }
    throw new IllegalStateException("the heap of process " + pid + " does not settle");
  }

  /** Of all objects of one class. */
  public long bytesOf(String name) {
    return byClass.getOrDefault(name, 0L);
  }

  /** What {@code jcmd PID GC.class_histogram} said. */
  static LiveHeap parse(String histogram) {
    Map<String, Long> byClass = new HashMap<>();
    for (String line : histogram.lines().toList()) {
      Matcher one = CLASS.matcher(line);
      if (one.matches()) {
        byClass.merge(one.group(2), Long.parseLong(one.group(1)), Long::sum);
      }
      Matcher total = TOTAL.matcher(line);
      if (total.matches()) {
        return new LiveHeap(Long.parseLong(total.group(1)), byClass);
      }
    }
    throw new IllegalStateException("no class histogram: " + histogram.lines().limit(3).toList());
  }

  private static String jcmd(long pid, String command) {
    String program = Path.of(Tools.java()).resolveSibling("jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(List.of(program, Long.toString(pid), command))
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(program + ": not run", e);
    }
  }
}
