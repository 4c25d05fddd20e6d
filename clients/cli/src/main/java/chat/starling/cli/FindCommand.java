package chat.starling.cli;

import chat.starling.api.v1.QuickSwitchResponse;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling find}. */
@Command(name = "find", description = "Finds channels and users by the beginning of their names.")
final class FindCommand extends ServerCommand {
  @Parameters(paramLabel = "PREFIX", description = "How the name begins, in any case.")
  private String prefix = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many of each, 1 to 50 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  void run(Connection to, PrintWriter out) throws InterruptedException {
    QuickSwitchResponse found =
        Connection.answer(to.client().lookup().quickSwitch(to.workspace(), prefix, limit));
    found
        .getChannelsList()
        .forEach(one ->
            out.println(
                json() ? Json.of(one.getChannel()) : "#" + Plain.line(one.getChannel().getName())));
    found
        .getUsersList()
        .forEach(user ->
            out.println(
                json()
                    ? DirectoryJson.of(user)
                    : user.getUserId() + " " + Plain.line(Members.name(user))));
  }
}
