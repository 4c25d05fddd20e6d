package chat.starling.channel.feed;

/**
 * One epoch's mark on a feed: it is being written, or a follower lags.
 *
 * @param epoch whose mark it is
 * @param historySeq up to here the history view has every event
 * @param outboxSeq up to here the outbox has every event
 */
public record OpenMark(long epoch, long historySeq, long outboxSeq) {}
