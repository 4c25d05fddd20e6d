package chat.starling.cli;

import chat.starling.client.RefusedException;
import java.util.concurrent.ExecutionException;

/**
 * The end of a command that did not do what it was asked: a text for people and an exit code for
 * scripts.
 */
final class Failure extends RuntimeException {
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int NO_CONNECTION = 3;
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String text;

  Failure(int exitCode, String message) {
    super(message);
    this.text = message;
    this.exitCode = exitCode;
  }

  static Failure noConnection(String what) {
    return new Failure(
        NO_CONNECTION,
        what
            + "\n"
            + "  Is Starling running? Start it with `make run`, or name its address with"
            + " --edge.");
  }

  /** What a failure means for the person at the terminal. */
  static Failure of(Throwable failure) {
    return switch (failure) {
      case Failure known -> known;
      case ExecutionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case RefusedException refused -> of(refused);
      default -> new Failure(REFUSED, failure.toString());
    };
  }

  private static Failure of(RefusedException refused) {
    return switch (refused.status()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> noConnection("no connection: " + refused.getMessage());
      default -> new Failure(REFUSED, "refused: " + refused.getMessage() + hint(refused));
    };
  }

  private static String hint(RefusedException refused) {
    return switch (refused.reason()) {
      case REASON_NOT_A_MEMBER -> "\n  Join the channel first: starling join NAME";
      case REASON_CHANNEL_NOT_FOUND ->
          "\n  See what there is: starling channels; or make it: starling join --create NAME";
      default -> "";
    };
  }

  /** What to tell the person, without a name in front. */
  String text() {
    return text;
  }

  int exitCode() {
    return exitCode;
  }
}
