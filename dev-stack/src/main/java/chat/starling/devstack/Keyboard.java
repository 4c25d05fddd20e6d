package chat.starling.devstack;

import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.ServerFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the person at the terminal types to the servers of a running stack, one line at a time. */
final class Keyboard {

  /** What may be done to one server. */
  private enum Verb {
    /** Kills it with SIGKILL. */
    KILL,
    /** Starts one that does not run. */
    START,
    /** Ends it kindly and starts it again. */
    RESTART,
    /** Freezes it with SIGSTOP. */
    PAUSE,
    /** Lets it go on. */
    RESUME
  }

  private final List<LocalServer> servers;
  private final PrintStream out;

  Keyboard(List<LocalServer> servers, PrintStream out) {
    this.servers = servers;
    this.out = out;
  }

  /** Obeys line by line until there are no more, and says what became of each. */
  void obey(Reader lines) throws IOException {
    var reader = new BufferedReader(lines);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (!line.isBlank()) {
        try {
          out.println("  " + obey(line));
        } catch (ServerFailure | IllegalArgumentException e) {
          out.println("  " + e.getMessage());
        }
      }
    }
  }

  private String obey(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length != 2) {
      throw expected(line, verbs() + " and the name of a server");
    }
    Verb verb =
        Arrays.stream(Verb.values())
            .filter(one -> word(one).equals(words[0]))
            .findFirst()
            .orElseThrow(() -> expected(words[0], verbs()));
    LocalServer server =
        servers.stream()
            .filter(one -> one.name().equals(words[1]))
            .findFirst()
            .orElseThrow(() -> expected(words[1], names()));
    return server.name() + done(verb, server);
  }

  private static String done(Verb verb, LocalServer server) {
    return switch (verb) {
      case KILL -> {
        server.kill9();
        yield " is killed";
      }
      case START -> started(server, server.start());
      case RESTART -> started(server, server.restart());
      case PAUSE -> {
        server.pause();
        yield " is paused";
      }
      case RESUME -> {
        server.resume();
        yield " goes on";
      }
    };
  }

  private static String started(LocalServer server, Duration taken) {
    return " is ready after %d ms, pid %d".formatted(taken.toMillis(), server.pid());
  }

  private String names() {
    return servers.stream().map(LocalServer::name).collect(Collectors.joining(", "));
  }

  private static String verbs() {
    return Arrays.stream(Verb.values()).map(Keyboard::word).collect(Collectors.joining(", "));
  }

  private static String word(Verb verb) {
    return verb.name().toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException expected(String what, String expected) {
    return new IllegalArgumentException("%s (expected: %s)".formatted(what, expected));
  }
}
