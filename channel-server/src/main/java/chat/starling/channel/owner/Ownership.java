package chat.starling.channel.owner;

import chat.starling.platform.ids.FeedId;

/** Under which epoch this server writes a feed. */
@FunctionalInterface
public interface Ownership {

  /** The epoch, which no other server has or will have; 1 and up. */
  long epoch(FeedId feed);
}
