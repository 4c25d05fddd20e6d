package chat.starling.channel.feed;

import java.util.List;

/**
 * What the store holds of a feed, read before it is served.
 *
 * @param head the last head written
 * @param recent the newest true entries in rising order without gaps, everything above head's seq
 *     among them
 */
public record Recovered(EpochStarts starts, FeedHead head, List<FeedEntry> recent) {

  public Recovered {
    recent = List.copyOf(recent);
  }

  /** The last seq of the truth; 0 for a feed without events. */
  long tail() {
    return recent.isEmpty() ? head.seq() : recent.getLast().seq();
  }

  /** The largest message id so far. */
  long lastMessageId() {
    return recent.isEmpty() ? head.messageId() : recent.getLast().messageId();
  }

  /** Whether nothing is known to have been going on when the feed was left. */
  boolean clean() {
    return tail() == head.seq();
  }
}
