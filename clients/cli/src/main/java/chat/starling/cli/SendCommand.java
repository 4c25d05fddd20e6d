package chat.starling.cli;

import chat.starling.api.v1.Sent;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code starling send}: posts one message and waits until it is durable. */
@Command(
    name = "send",
    description = "Posts one message and waits until it is durable; prints its seq and message id.")
final class SendCommand implements Callable<Integer> {
  @Mixin private Connect connect = new Connect();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(names = "--channel", paramLabel = "NAME", required = true, description = "Where to post.")
  private String channel = "";

  @Option(names = "--json", description = "Print JSON: channel_id, message_id, seq, created_at.")
  private boolean json;

  @Parameters(paramLabel = "TEXT", description = "1 to 4000 characters.")
  private String text = "";

  @Override
  public Integer call() throws Exception {
    FirstContact contact = new FirstContact();
    try (Connection to = new Connection(connect.client(contact), connect.workspace)) {
      to.client().start();
      contact.await();
      long channelId = to.channel(channel).getChannelId();
      Sent sent = Connection.answer(to.client().send(channelId, text));
      PrintWriter out = command.commandLine().getOut();
      out.println(
          json ? Json.of(sent) : "seq " + sent.getSeq() + " message " + sent.getMessageId());
      out.flush();
      return 0;
    }
  }
}
