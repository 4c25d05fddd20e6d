package chat.starling.cli;

import chat.starling.api.v1.ListMessagesResponse;
import chat.starling.api.v1.Message;
import chat.starling.client.ClientListener;
import chat.starling.client.HistoryCalls;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code starling history}: prints one page of a channel's past. */
@Command(name = "history", description = "Prints the newest messages of a channel, oldest first.")
final class HistoryCommand implements Callable<Integer> {
  @Mixin private Connect connect = new Connect();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(names = "--channel", paramLabel = "NAME", required = true, description = "Whose past.")
  private String channel = "";

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "50",
      description = "How many messages, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int count = 50;

  @Option(
      names = "--before",
      paramLabel = "ID",
      description = "Only messages before this message id: the first of the page before.")
  private @Nullable Long before;

  @Option(names = "--json", description = "Print JSON, one message a line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (Connection to =
        new Connection(connect.client(new ClientListener() {}), connect.workspace)) {
      long channelId = to.channel(channel).getChannelId();
      ListMessagesResponse page = page(to.client().history(), channelId);
      Lines lines = new Lines(ZoneId.systemDefault());
      PrintWriter out = command.commandLine().getOut();
      for (Message message : page.getMessagesList()) {
        out.println(json ? Json.of(message) : lines.message(message).toString());
      }
      out.flush();
      return 0;
    }
  }

  private ListMessagesResponse page(HistoryCalls history, long channelId)
      throws InterruptedException {
    Long id = before;
    return Connection.answer(
        id == null ? history.newest(channelId, count) : history.before(channelId, id, count));
  }
}
