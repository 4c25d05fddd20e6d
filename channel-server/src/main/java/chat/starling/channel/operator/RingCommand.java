package chat.starling.channel.operator;

import chat.starling.platform.settings.HostPort;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code starling-ring}: how the channel servers are, asked of all of them. */
@Command(
    name = "starling-ring",
    description = "Asks all channel servers how they are, and says what is wrong.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is wrong",
      "1:nobody answers",
      "2:the command line is wrong",
      "3:something is wrong; the last lines say what"
    })
public final class RingCommand implements Callable<Integer> {

  static final int FINE = 0;
  static final int NOBODY = 1;
  static final int WRONG = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(2);
  private static final String LOG_CONFIG = "logback.configurationFile";

  private final Duration patience;
  private final Duration interval;
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "Any channel server; it names the others (default: ${DEFAULT-VALUE}).",
      defaultValue = "127.0.0.1:7420")
  private HostPort server = new HostPort("127.0.0.1", 7420);

  @Option(names = "--json", description = "Print one line of JSON instead of tables.")
  private boolean json;

  @Option(names = "--shards", description = "List every shard with its owner and epoch, too.")
  private boolean shards;

  @Option(names = "--watch", description = "Ask again every 2 s until interrupted.")
  private boolean watch;

  private RingCommand(Duration patience, Duration interval) {
    this.patience = patience;
    this.interval = interval;
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    // Libraries must not log between the lines of a report.
    if (System.getProperty(LOG_CONFIG) == null) {
      System.setProperty(LOG_CONFIG, "chat/starling/channel/operator/logback.xml");
    }
    System.exit(commandLine(new RingCommand(PATIENCE, WATCH_INTERVAL)).execute(args));
  }

  /**
   * A command for tests.
   *
   * @param patience how long each server may take to answer
   * @param interval how long a watch pauses
   */
  static RingCommand with(Duration patience, Duration interval) {
    return new RingCommand(patience, interval);
  }

  static CommandLine commandLine(RingCommand command) {
    return new CommandLine(command).registerConverter(HostPort.class, RingCommand::address);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (StatusClient client = new StatusClient(patience)) {
      int code = once(client);
      while (watch && !stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        command.commandLine().getOut().println();
        code = once(client);
      }
      return code;
    }
  }

  /** Ends a watch. */
  void stop() {
    stopped.countDown();
  }

  private int once(StatusClient client) {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    List<Answer> answers = new Survey(client, err::println).from(server.toString());
    err.flush();
    int code = answers.getFirst() instanceof Answer.Silent silent ? say(silent) : report(answers);
    out.flush();
    return code;
  }

  private int say(Answer.Silent silent) {
    PrintWriter err = command.commandLine().getErr();
    err.println(
        "%s does not answer: %s (expected: the address of a channel server, --server HOST:PORT)"
            .formatted(silent.address(), silent.why()));
    err.flush();
    return NOBODY;
  }

  private int report(List<Answer> answers) {
    PrintWriter out = command.commandLine().getOut();
    RingReport report = RingReport.of(answers);
    if (json) {
      out.println(JsonReport.of(report, shards));
    } else {
      new TextReport(out).write(report, shards);
    }
    return report.problems().isEmpty() ? FINE : WRONG;
  }

  private static HostPort address(String text) {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(text + " (expected: " + e.getMessage() + ")");
    }
  }
}
