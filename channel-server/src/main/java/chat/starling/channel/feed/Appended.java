package chat.starling.channel.feed;

/**
 * What became of an append: its place in the feed.
 *
 * @param duplicate whether an earlier append with the same nonce had it already
 */
public record Appended(long seq, long messageId, boolean duplicate) {}
