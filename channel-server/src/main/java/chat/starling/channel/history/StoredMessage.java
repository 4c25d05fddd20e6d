package chat.starling.channel.history;

import chat.starling.api.v1.Message;
import chat.starling.api.v1.MessageDeleted;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.platform.message.Tombstone;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/**
 * A message as the history view holds it.
 *
 * @param message a serialised starling.v1.Message; of a deleted one what is left of it
 */
public record StoredMessage(long messageId, long seq, ByteString message) {

  /** The message that a feed's entry posts. */
  public static StoredMessage of(FeedEntry entry) {
    return new StoredMessage(entry.messageId(), entry.seq(), entry.message());
  }

  /** What is left of the message that was deleted. */
  public static StoredMessage of(long channelId, MessageDeleted deletion) {
    return new StoredMessage(
        deletion.getMessageId(),
        deletion.getMessageSeq(),
        Tombstone.of(channelId, deletion).toByteString());
  }

  /**
   * What is left of this message when it is deleted.
   *
   * @throws IllegalStateException when the bytes are no message
   */
  public StoredMessage without(long deletedBy) {
    return new StoredMessage(messageId, seq, Tombstone.of(parsed(), deletedBy).toByteString());
  }

  /**
   * The message, parsed.
   *
   * @throws IllegalStateException when the bytes are no message
   */
  public Message parsed() {
    try {
      return Message.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of the history view", e);
    }
  }
}
