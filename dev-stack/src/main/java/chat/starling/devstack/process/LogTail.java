package chat.starling.devstack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The last lines of a log file. */
final class LogTail {

  private static final int BYTES = 16 * 1024;
  private static final int LINES = 20;

  private LogTail() {}

  /** At most 20 lines, indented; a note in their place when the file cannot be read. */
  static String of(Path log) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - BYTES));
      var bytes = new byte[(int) Math.min(BYTES, file.length())];
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
          .map(line -> "    " + line)
          .collect(Collectors.joining(System.lineSeparator()));
    } catch (IOException e) {
      return "    (not readable: " + e.getMessage() + ")";
    }
  }
}
