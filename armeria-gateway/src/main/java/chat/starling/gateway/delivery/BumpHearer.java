package chat.starling.gateway.delivery;

/** The session behind a seat, as its relay sees it. */
public interface BumpHearer {

  /** The channel is in view: its events say more than a bump. */
  boolean sees(long channelId);

  /** The user may be told of the channel now. */
  default boolean hears(BumpSeat seat, long channelId) {
    return true;
  }

  /**
   * A small channel has moved, and the session asked for what is said in such channels: takes it
   * into view unless it is.
   *
   * @param told up to where the session was told of the channel
   * @return whether it is in view now; a session that cannot have it is bumped
   */
  boolean takeIntoView(long channelId, long told);

  /**
   * Takes a frame. A session whose client has no room for it leaves it out, and asks for all heads
   * once there is room.
   */
  void tell(Notice notice);
}
