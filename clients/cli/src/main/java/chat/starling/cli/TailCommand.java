package chat.starling.cli;

import chat.starling.api.v1.Message;
import chat.starling.api.v1.MessageDeleted;
import chat.starling.client.ConnectionState;
import chat.starling.client.RefusedException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code starling tail}: follows a channel live, across lost connections. */
@Command(
    name = "tail",
    description =
        "Prints a channel's messages as they come, each once and in order, until interrupted.")
final class TailCommand implements Callable<Integer> {
  @Mixin private Connect connect = new Connect();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(names = "--channel", paramLabel = "NAME", required = true, description = "Which one.")
  private String channel = "";

  @Option(
      names = "--after-seq",
      paramLabel = "SEQ",
      description = "Begin after this seq instead of now; 0 for the channel's first message.")
  private @Nullable Long afterSeq;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after this many messages; 0 for never (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(names = "--json", description = "Print JSON, one message a line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Follower follower =
        new Follower(command.commandLine().getOut(), command.commandLine().getErr());
    try (Connection to = new Connection(connect.client(follower), connect.workspace)) {
      to.client().start();
      follower.await();
      long channelId = to.channel(channel).getChannelId();
      Long after = afterSeq;
      if (after == null) {
        to.client().focus(Set.of(channelId));
      } else {
        to.client().focus(channelId, after);
      }
      follower.done.get();
      return 0;
    }
  }

  /** Prints what comes until there is enough of it. */
  private final class Follower extends FirstContact {
    final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private final Lines lines = new Lines(ZoneId.systemDefault());
    private final PrintWriter out;
    private final PrintWriter err;
    private long printed;

    Follower(PrintWriter out, PrintWriter err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public void onMessage(Message message, boolean echo) {
      if (done.isDone()) {
        return;
      }
      out.println(json ? Json.of(message) : lines.message(message).toString());
      out.flush();
      printed++;
      if (printed == count) {
        done.complete(true);
      }
    }

    @Override
    public void onDeleted(long channelId, long seq, MessageDeleted deletion) {
      if (done.isDone()) {
        return;
      }
      if (json) {
        out.println(Json.deletion(channelId, seq, deletion));
        out.flush();
      } else {
        say("the message with seq " + deletion.getMessageSeq() + " was deleted");
      }
    }

    @Override
    public void onReload(long channelId, long fromSeq) {
      if (json) {
        out.println(Json.reload(channelId, fromSeq));
        out.flush();
      } else {
        say("messages up to seq " + fromSeq + " were skipped; history has them");
      }
    }

    @Override
    public void onFocusRefused(long channelId, RefusedException why) {
      done.completeExceptionally(why);
    }

    @Override
    public void onState(ConnectionState state, @Nullable RefusedException cause) {
      boolean firstAttempt = !made();
      super.onState(state, cause);
      if (cause != null && state == ConnectionState.STOPPED) {
        done.completeExceptionally(cause);
      } else if (cause != null && !firstAttempt) {
        say("connection lost, trying again: " + cause.getMessage());
      }
    }

    private void say(String what) {
      err.println("starling: " + what);
      err.flush();
    }
  }
}
