package chat.starling.channel.feed;

/**
 * Says that a feed is being written under an epoch, or that what was written under it has not
 * reached every follower.
 *
 * @param epoch whose mark it is
 * @param historySeq up to which the history view has every event
 * @param outboxSeq up to which the outbox has every event
 */
public record OpenMark(long epoch, long historySeq, long outboxSeq) {}
