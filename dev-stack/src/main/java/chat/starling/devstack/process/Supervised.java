package chat.starling.devstack.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a command in a session of its own, so that a terminal's Ctrl-C does not reach it, and
 * beside a watcher that ends it when this process is gone.
 */
final class Supervised {

  private static final String SCRIPT = script();

  private Supervised() {}

  /**
   * Starts the command. The process returned is the command itself, not a shell around it; closing
   * its standard input ends it, at the latest after the grace period.
   *
   * @param append whether the log goes on or starts anew
   */
  static Process start(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Path log,
      boolean append,
      Duration grace)
      throws IOException {
    List<String> line = new ArrayList<>(ownSession());
    line.addAll(List.of("/bin/sh", "-c", SCRIPT, "supervise", Long.toString(grace.toSeconds())));
    line.addAll(command);
    var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(
        append
            ? ProcessBuilder.Redirect.appendTo(log.toFile())
            : ProcessBuilder.Redirect.to(log.toFile()));
    Process process = builder.start();
    var _ = process.onExit().thenAccept(Supervised::releaseWatcher);
    return process;
  }

  private static void releaseWatcher(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The watcher is gone already, which is what closing the pipe is for.
    }
  }

  /**
   * The words that put a command in a session of its own: setsid on Linux, Perl where that is
   * missing.
   */
  private static List<String> ownSession() {
    if (onPath("setsid")) {
      return List.of("setsid");
    }
    return onPath("perl")
        ? List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!")
        : List.of();
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return List.of(path.split(File.pathSeparator)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String script() {
    try (var in = Supervised.class.getResourceAsStream("supervise.sh")) {
      if (in == null) {
        throw new IllegalStateException("supervise.sh is not beside its class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
