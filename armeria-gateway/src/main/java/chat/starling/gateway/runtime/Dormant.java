package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.ReplayRing;
import java.util.List;

/**
 * What is left of a session while it has no connection.
 *
 * @param userId whose session it is; nobody else gets it
 * @param seats the channels in view
 */
record Dormant(String sessionToken, long userId, ReplayRing sent, List<Seat> seats) {

  /**
   * One channel in view.
   *
   * @param cursor up to where the client was sent the channel
   * @param announced the client has been told of it
   * @param own the client has put it into focus; else it came into view by itself
   */
  record Seat(long channelId, long cursor, boolean announced, boolean own) {}

  Dormant {
    seats = List.copyOf(seats);
  }
}
