package chat.starling.gateway.delivery;

import java.util.List;

/**
 * Where in a channel's tree of relays a server is asked: what its referral said, handed on.
 *
 * @param serverId the relay; empty for the owner
 * @param epoch the owner's
 * @param path the servers above the relay, the owner first
 */
public record Place(String serverId, long epoch, List<String> path) {

  /** Asked as the owner, whom nobody has referred to. */
  public static final Place OWNER = new Place("", 0, List.of());

  /** Whether a relay is asked. */
  public boolean isRelay() {
    return !serverId.isEmpty();
  }
}
