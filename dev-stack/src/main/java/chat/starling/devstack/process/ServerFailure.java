package chat.starling.devstack.process;

import org.jspecify.annotations.Nullable;

/** A server that could not be started or died, told in words for the person at the terminal. */
public final class ServerFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message that names the server, what was wrong and what was expected. */
  public ServerFailure(String message) {
    super(message);
  }

  /** The same with a cause. */
  public ServerFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
