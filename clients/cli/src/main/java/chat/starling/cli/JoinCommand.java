package chat.starling.cli;

import chat.starling.api.v1.Channel;
import chat.starling.client.ClientListener;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code starling join}: makes the caller a member of a channel. */
@Command(
    name = "join",
    description = "Makes you a member of a channel; joining twice is joining once.")
final class JoinCommand implements Callable<Integer> {
  @Mixin private Connect connect = new Connect();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(names = "--create", description = "Make the channel when there is none of that name.")
  private boolean create;

  @Option(names = "--json", description = "Print the channel as JSON.")
  private boolean json;

  @Parameters(paramLabel = "NAME", description = "The channel's name.")
  private String name = "";

  @Override
  public Integer call() throws Exception {
    try (Connection to =
        new Connection(connect.client(new ClientListener() {}), connect.workspace)) {
      boolean missing = create && to.find(name).isEmpty();
      Channel joined = to.join(missing ? to.createOrFind(name) : to.channel(name));
      PrintWriter out = command.commandLine().getOut();
      out.println(json ? Json.of(joined) : "joined #" + Plain.line(joined.getName()));
      out.flush();
      return 0;
    }
  }
}
