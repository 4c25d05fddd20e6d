package chat.starling.gateway.routing;

import org.jspecify.annotations.Nullable;

/** Where one call goes, attempt after attempt. Confined to the call's thread. */
public interface Route {

  /** Whom to ask now; null when nobody is known. */
  @Nullable Peer next();

  /**
   * The server does not own the feed.
   *
   * @param hint host:port of the server that it takes for the owner; may be empty or wrong
   */
  void notOwner(Peer by, String hint);

  /** Whether an answer of this server is still worth waiting for, as far as the ring tells. */
  boolean isRight(Peer asked);
}
