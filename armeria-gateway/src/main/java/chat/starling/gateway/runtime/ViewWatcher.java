package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.ChannelView;

/** Is told what comes into a session's view and what leaves it. */
interface ViewWatcher {

  /** The client may look at the channel. */
  void admitted(long channelId);

  /** The client has put a channel into focus that came into view by itself. */
  void taken(long channelId);

  /**
   * The channel is in view no more.
   *
   * @param cursor up to where the client was sent it; {@link ChannelView#LIVE_ONLY} for nothing
   */
  void dropped(long channelId, long cursor);

  /** The channel, which had come into view by itself, may not be there. It is dropped already. */
  void refused(long channelId);
}
