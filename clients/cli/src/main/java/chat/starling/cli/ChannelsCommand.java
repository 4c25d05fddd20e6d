package chat.starling.cli;

import chat.starling.api.v1.Channel;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code starling channels}: lists the channels of the workspace, and changes them. */
@Command(
    name = "channels",
    description = "Lists the channels of the workspace.",
    subcommands = {
      ChannelCommands.Create.class,
      ChannelCommands.Rename.class,
      ChannelCommands.Topic.class,
      ChannelCommands.SlowMode.class,
      ChannelCommands.Archive.class,
      ChannelCommands.Restore.class,
      ChannelCommands.Leave.class,
      ChannelCommands.ListMembers.class,
      ChannelCommands.Invite.class,
      ChannelCommands.Remove.class
    })
final class ChannelsCommand extends ServerCommand {
  @Option(names = "--joined", description = "Only those that you are a member of.")
  private boolean joined;

  @Override
  void run(Connection to, PrintWriter out) throws InterruptedException {
    for (Channel channel : to.channels(joined)) {
      out.println(json() ? Json.of(channel) : "#" + Plain.line(channel.getName()));
    }
  }
}
