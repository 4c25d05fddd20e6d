package chat.starling.channel.history;

import chat.starling.channel.feed.FeedEntry;
import com.google.protobuf.ByteString;

/**
 * A message as the history view holds it.
 *
 * @param message a serialised starling.v1.Message
 */
public record StoredMessage(long messageId, long seq, ByteString message) {

  /** The message that a feed's entry posts. */
  public static StoredMessage of(FeedEntry entry) {
    return new StoredMessage(entry.messageId(), entry.seq(), entry.message());
  }
}
