package chat.starling.client;

/**
 * Where a client gets its token: asked before each connection, and by the first call without one.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * A token that is good now. May block; nothing else of this client goes on meanwhile.
   *
   * @throws Exception when there is none to be had; the client tries again after a delay
   */
  String token() throws Exception;

  /**
   * The server did not take this token: a source that keeps tokens gets a new one for the next
   * request.
   */
  default void rejected(String token) {}
}
