package chat.starling.cli;

import java.util.List;
import java.util.Locale;

/** What a line typed into the chat asks for. */
sealed interface ChatLine {
  /** The slash commands with what they do, in the order of the help. */
  List<String> HELP =
      List.of(
          "/join NAME [/create]  go to a channel; with /create, make it when it is missing",
          "/create NAME          make a channel and go there",
          "/channels             list the channels, with how much is new in yours",
          "/history [N]          show the last N messages, 1 to 1000 (20 when absent)",
          "/who                  who you are, where, and how the connection stands",
          "/help                 show this",
          "/quit                 leave (or Ctrl-D)",
          "//TEXT                send a text that begins with a slash");

  /** The commands alone, for completion. */
  List<String> COMMANDS =
      List.of("/join", "/create", "/channels", "/history", "/who", "/help", "/quit");

  /** Post this text. */
  record Say(String text) implements ChatLine {}

  /** Go to the channel of this name. */
  record Join(String name, boolean create) implements ChatLine {}

  /** Make a channel of this name and go there. */
  record Create(String name) implements ChatLine {}

  /** List the channels. */
  record Channels() implements ChatLine {}

  /** Show this many of the last messages. */
  record History(int count) implements ChatLine {}

  /** Tell who and where I am. */
  record Who() implements ChatLine {}

  /** Show the commands. */
  record Help() implements ChatLine {}

  /** Leave. */
  record Quit() implements ChatLine {}

  /** Nothing to do. */
  record Nothing() implements ChatLine {}

  /** Not understood; the text says what would be. */
  record Mistake(String text) implements ChatLine {}

  /** Reads one line. */
  static ChatLine parse(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return new Nothing();
    }
    if (text.startsWith("//")) {
      return new Say(text.substring(1));
    }
    return text.startsWith("/") ? command(text.split("\\s+")) : new Say(line.stripTrailing());
  }

  private static ChatLine command(String[] words) {
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "/join" -> join(words);
      case "/create" ->
          words.length == 2 ? new Create(words[1]) : new Mistake("expected: /create NAME");
      case "/channels" -> new Channels();
      case "/history" -> history(words);
      case "/who" -> new Who();
      case "/help" -> new Help();
      case "/quit", "/exit" -> new Quit();
      default -> new Mistake("unknown command " + words[0] + "; /help lists them");
    };
  }

  private static ChatLine join(String[] words) {
    boolean create = words.length == 3 && words[2].equals("/create");
    return words.length == 2 || create
        ? new Join(words[1], create)
        : new Mistake("expected: /join NAME [/create]");
  }

  private static ChatLine history(String[] words) {
    if (words.length == 1) {
      return new History(20);
    }
    boolean number = words.length == 2 && words[1].matches("[1-9]\\d{0,3}");
    return number && Integer.parseInt(words[1]) <= 1000
        ? new History(Integer.parseInt(words[1]))
        : new Mistake("expected: /history [1..1000]");
  }
}
