package chat.starling.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process holds of the machine's memory: heap, buffers, code, stacks. */
public final class ResidentMemory {

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final int KIB = 1024;

  private ResidentMemory() {}

  /**
   * Its bytes.
   *
   * @throws IllegalStateException when the system does not tell
   */
  public static long of(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try {
      String kib = Files.exists(status) ? resident(Files.readString(status)) : ps(pid);
      return Long.parseLong(kib.strip()) * KIB;
    } catch (IOException | NumberFormatException e) {
      throw new IllegalStateException("no resident memory of process " + pid, e);
    }
  }

  private static String resident(String status) {
    Matcher line = RESIDENT.matcher(status);
    return line.find() ? line.group(1) : "";
  }

  private static String ps(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
    return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
