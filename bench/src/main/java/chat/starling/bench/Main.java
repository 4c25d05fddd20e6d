package chat.starling.bench;

import chat.starling.devstack.process.ServerFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command behind {@code make bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Starling beside what it is built on, on real servers.",
    subcommands = {
      AppendBench.class,
      HistoryBench.class,
      ActivationBench.class,
      FanoutBench.class,
      IdleBench.class,
      EdgeBench.class,
      LatencyBench.class,
      PassiveBench.class,
      PermissionsBench.class,
      BootBench.class
    })
public final class Main {

  /** Runs one benchmark. Exit code 1: a server did not start; 2: an option is wrong. */
  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain).execute(arguments));
  }

  private static int explain(Exception fault, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (fault instanceof ServerFailure failure) {
      command.getErr().println(failure.getMessage());
      return 1;
    }
    throw fault;
  }
}
