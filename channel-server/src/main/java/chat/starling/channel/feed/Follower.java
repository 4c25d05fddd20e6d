package chat.starling.channel.feed;

/** Who is fed from a feed's log behind the acks. */
public enum Follower {
  /** The history view. */
  HISTORY,
  /** The outbox. */
  OUTBOX
}
