package chat.starling.gateway.routing;

import org.jspecify.annotations.Nullable;

/** Where one call goes, attempt after attempt. Confined to the call's thread. */
public interface Route {

  /** Whom to ask now; null when nobody is known. */
  @Nullable Peer next();

  /** The server did what was asked. */
  void answered(Peer by);

  /**
   * The server does not own the feed.
   *
   * @param hint host:port of the server that it takes for the owner; may be empty or wrong
   * @return whether there is reason to ask another one at once
   */
  boolean notOwner(Peer by, String hint);

  /** The server could not be reached or gave no answer. */
  void failed(Peer by);

  /** Whether an answer of this server is still worth waiting for, as far as the ring tells. */
  boolean isRight(Peer asked);

  /** Whether the server would be asked again, as far as the ring tells. */
  boolean isNext(Peer asked);
}
