package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.ReplayRing;
import java.util.List;

/**
 * What is left of a session while it has no connection.
 *
 * @param userId whose session it is; nobody else gets it
 * @param seats the channels in focus
 */
record Dormant(String sessionToken, long userId, ReplayRing sent, List<Seat> seats) {

  /**
   * One channel in focus.
   *
   * @param cursor up to where the client was sent the channel
   * @param announced the client has been told of it
   */
  record Seat(long channelId, long cursor, boolean announced) {}

  Dormant {
    seats = List.copyOf(seats);
  }
}
