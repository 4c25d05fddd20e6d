package chat.starling.channel.feed;

/**
 * How far a feed is certainly done: every event up to seq is durable and the history view has it.
 *
 * @param seq 0 for a feed without events
 * @param messageId the id of that event's message; 0 without events
 */
public record FeedHead(long seq, long messageId) {

  /** The head of a feed without events. */
  public static final FeedHead NONE = new FeedHead(0, 0);
}
