package chat.starling.gateway.delivery;

/** The session behind a seat, as its relay sees it. */
public interface BumpHearer {

  /** The channel is in focus: its events say more than a bump. */
  boolean sees(long channelId);

  /**
   * Takes a frame. A session whose client has no room for it leaves it out, and asks for all heads
   * once there is room.
   */
  void tell(Notice notice);
}
