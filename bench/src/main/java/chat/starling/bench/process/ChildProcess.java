package chat.starling.bench.process;

import chat.starling.devstack.Tools;
import chat.starling.devstack.process.ServerFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program of this module as a process of its own. It is spoken to by lines on its standard input,
 * and ends when that is closed: at the latest when this process is gone.
 */
public final class ChildProcess implements AutoCloseable {

  private static final long LAST_WORDS_SECONDS = 10;
  private static final List<String> JVM_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dlogback.configurationFile=chat/starling/bench/logback.xml");

  private final String name;
  private final Process process;
  private final JsonLines lines;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    lines = new JsonLines(process.getInputStream(), process.getOutputStream());
  }

  /**
   * Starts it.
   *
   * @param main has the program's main method
   * @param flags of its Java, on top of those that all have
   * @param heard told each line that it says, on a thread of its own
   * @throws ServerFailure when it cannot be started
   */
  public static ChildProcess start(
      String name, Class<?> main, List<String> flags, Consumer<JsonNode> heard) {
    List<String> command = new ArrayList<>();
    command.add(Tools.java());
    command.addAll(JVM_FLAGS);
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var child = new ChildProcess(name, process);
      Thread.ofVirtual().name(name).start(() -> child.hear(heard));
      return child;
    } catch (IOException e) {
      throw new ServerFailure(name + ": not started: " + e.getMessage(), e);
    }
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** The id of its process. */
  public long pid() {
    return process.pid();
  }

  /** Whether it is there. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Says something to it. */
  public void say(Object value) {
    lines.say(value);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void hear(Consumer<JsonNode> heard) {
    for (JsonNode line = lines.hear(); line != null; line = lines.hear()) {
      heard.accept(line);
    }
  }
}
