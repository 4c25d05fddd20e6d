package chat.starling.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The {@code starling} command. */
@Command(
    name = "starling",
    description = "Chats through Starling.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "starling-cli 0.1",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the server refused; standard error has the reason",
      "2:the command line is wrong",
      "3:no connection"
    },
    subcommands = {
      ChatCommand.class,
      SendCommand.class,
      HistoryCommand.class,
      TailCommand.class,
      ChannelsCommand.class,
      JoinCommand.class,
      ChannelCommands.Direct.class,
      WorkspaceCommand.class,
      InvitationsCommand.class,
      RolesCommand.class,
      MembersCommand.class,
      FindCommand.class,
      OverridesCommand.class,
      ModerationCommands.Nick.class,
      ModerationCommands.Kick.class,
      ModerationCommands.Ban.class,
      ModerationCommands.TimeOut.class,
      AuditCommand.class,
      ReportCommands.Delete.class,
      ReportCommands.ReportMessage.class,
      ReportCommands.Reports.class
    })
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine(Map.copyOf(System.getenv())).execute(args));
  }

  /** The whole command line, with this environment for its fallbacks. */
  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new Main());
    line.setDefaultValueProvider(new EnvironmentDefaults(environment));
    line.setExecutionStrategy(parsed -> {
      quietLogs(parsed.originalArgs().contains("-v"));
      return new CommandLine.RunLast().execute(parsed);
    });
    line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    return line;
  }

  private static int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    Failure shown = Failure.of(failure);
    err.println("starling: " + shown.text());
    err.flush();
    return shown.exitCode();
  }

  /** Libraries log to nowhere, or their warnings to standard error. */
  private static void quietLogs(boolean verbose) {
    Logger.getLogger("").setLevel(verbose ? Level.WARNING : Level.OFF);
  }
}
