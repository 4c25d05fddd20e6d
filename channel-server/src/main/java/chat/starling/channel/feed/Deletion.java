package chat.starling.channel.feed;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.MessageDeleted;

/**
 * A message that is to lose its text.
 *
 * @param messageSeq the seq of the event that posted it
 * @param author the message's
 */
public record Deletion(long messageId, long messageSeq, Author author, long deletedBy) {

  /** The event that says so, with this id of its own. */
  MessageDeleted event(long eventId) {
    return MessageDeleted.newBuilder()
        .setMessageId(messageId)
        .setDeletedBy(deletedBy)
        .setMessageSeq(messageSeq)
        .setAuthor(author)
        .setEventId(eventId)
        .build();
  }
}
