package chat.starling.gateway.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How one call is put to one server. */
@FunctionalInterface
public interface Attempts<T> {

  /**
   * Asks the server. The future fails with a {@link
   * chat.starling.platform.refusal.RefusedException}, at the latest when the patience is over;
   * TIMEOUT is the only reason that leaves open whether it was done. Cancelling the future gives
   * the attempt up.
   *
   * @param again an earlier attempt of the same call may have been carried out
   */
  CompletableFuture<T> ask(Peer server, boolean again, Duration patience);
}
