package chat.starling.cli;

import chat.starling.api.v1.Channel;
import chat.starling.client.ClientListener;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code starling channels}: lists the channels of the workspace. */
@Command(name = "channels", description = "Lists the channels of the workspace.")
final class ChannelsCommand implements Callable<Integer> {
  @Mixin private Connect connect = new Connect();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(names = "--joined", description = "Only those that you are a member of.")
  private boolean joined;

  @Option(names = "--json", description = "Print JSON, one channel a line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (Connection to =
        new Connection(connect.client(new ClientListener() {}), connect.workspace)) {
      PrintWriter out = command.commandLine().getOut();
      for (Channel channel : to.channels(joined)) {
        out.println(json ? Json.of(channel) : "#" + Plain.line(channel.getName()));
      }
      out.flush();
      return 0;
    }
  }
}
