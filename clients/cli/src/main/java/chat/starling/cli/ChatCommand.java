package chat.starling.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code starling chat}: a conversation in the terminal, or over a pipe. */
@Command(
    name = "chat",
    description = {
      "Chats in the terminal; /help there lists the commands.",
      "When standard input is a pipe, each of its lines is sent as a message (or carried out, when"
          + " it begins with a slash); at its end the command waits for the acks."
    })
final class ChatCommand implements Callable<Integer> {
  @Mixin private Connect connect = new Connect();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      defaultValue = "general",
      description = "Where to start; made if missing (default: #${DEFAULT-VALUE}).")
  private String channel = "general";

  private final AtomicReference<@Nullable Chat> open = new AtomicReference<>();

  @Override
  public Integer call() throws Exception {
    try (Screen screen = screen()) {
      ChatView view = new ChatView(screen, new Lines(ZoneId.systemDefault()));
      try (Connection connection = new Connection(connect.client(view, true), connect.workspace)) {
        return converse(connection, view, screen);
      }
    }
  }

  private int converse(Connection connection, ChatView view, Screen screen) throws Exception {
    connection.client().start();
    view.await();
    Chat chat = new Chat(connection, view, screen, connect.edge);
    open.set(chat);
    chat.enter(channel);
    String line = screen.readLine();
    while (line != null && chat.handle(line)) {
      line = screen.readLine();
    }
    boolean posted = chat.settle();
    return posted || screen instanceof TerminalScreen ? 0 : Failure.REFUSED;
  }

  // A console may still be absent where the jdk.console property says so.
  @SuppressWarnings("SystemConsoleNull")
  private Screen screen() throws IOException {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      return new PlainScreen(in, command.commandLine().getOut());
    }
    return new TerminalScreen(
        TerminalBuilder.builder().system(true).dumb(true).build(),
        historyFile(),
        new ChatCompleter(this::channelNames));
  }

  private List<String> channelNames() {
    Chat chat = open.get();
    return chat == null ? List.of() : chat.channelNames();
  }

  private static Path historyFile() {
    return Path.of(System.getProperty("user.home"), ".local", "state", "starling", "chat-history");
  }
}
