package chat.starling.platform.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of a server: reads its settings, shows them or starts it, and stops it in order
 * when the process is told to end.
 *
 * @param <R> the server's settings record
 */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ServerCommand<R> implements Callable<Integer> {

  /** Starts a server; closing the result stops it. */
  @FunctionalInterface
  public interface Starter<R> {
    /** Returns once the server serves. */
    AutoCloseable start(R settings) throws Exception;
  }

  private static final int WRONG_SETTINGS = 2;

  private final Class<R> type;
  private final Starter<R> starter;

  @Option(names = "--config", description = "A YAML file with settings.")
  private @Nullable Path file;

  @Option(names = "--set", description = "One setting, by path.", paramLabel = "PATH=VALUE")
  private Map<String, String> set = new TreeMap<>();

  @Option(names = "--print-config", description = "Show the effective settings and end.")
  private boolean print;

  @Option(names = "--list-settings", description = "Show every setting with its meaning and end.")
  private boolean list;

  private ServerCommand(Class<R> type, Starter<R> starter) {
    this.type = type;
    this.starter = starter;
  }

  /** Runs the server's main; returns the exit status when the process need not go on. */
  public static <R> void main(String name, String[] args, Class<R> type, Starter<R> starter) {
    CommandLine line = new CommandLine(new ServerCommand<>(type, starter)).setCommandName(name);
    int status = line.execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      System.out.print(Settings.describe(type));
      return 0;
    }
    try {
      return run(Settings.load(type, file, System.getenv(), set));
    } catch (SettingsException e) {
      e.problems().forEach(problem -> System.err.println("setting " + problem));
      return WRONG_SETTINGS;
    }
  }

  private int run(Settings<R> settings) throws Exception {
    if (print) {
      new TreeMap<>(settings.shown())
          .forEach((path, text) -> System.out.println(path + ": " + text));
      return 0;
    }
    AutoCloseable server = starter.start(settings.value());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stop"));
    return 0;
  }

  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      System.err.println("while stopping: " + e);
    }
  }
}
