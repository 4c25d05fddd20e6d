package chat.starling.bench.load;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.v1.Author;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The messages that benchmarks send, and the rows that a channel server makes of them.
 *
 * @param text of every message
 */
public record Channels(String text) {

  private static final Author AUTHOR =
      Author.newBuilder().setUserId(4_711).setDisplayName("Ada Lovelace").build();
  private static final int NONCE_BYTES = 16;

  /** Messages of this many bytes of text. */
  public static Channels withTextOf(int bytes) {
    return new Channels("murmuration ".repeat(bytes / 12 + 1).substring(0, bytes));
  }

  /** The request to append one more message to the channel. */
  public AppendRequest append(long channelId) {
    return append(channelId, text);
  }

  /** The same, whose text begins with the moment of its sending, in microseconds of the epoch. */
  public AppendRequest append(long channelId, long micros) {
    return append(channelId, stamped(micros));
  }

  private static AppendRequest append(long channelId, String text) {
    return AppendRequest.newBuilder()
        .setFeed(FeedId.newBuilder().setKind(FeedKind.FEED_KIND_CHANNEL).setId(channelId))
        .setAuthor(AUTHOR)
        .setNonce(nonce())
        .setText(text)
        .build();
  }

  /** The event that a channel server stores for such a message, of the same size. */
  public Event event(long channelId, long seq, long messageId, long epochMillis) {
    return event(channelId, seq, messageId, epochMillis, text);
  }

  /** The same, whose text begins with the moment of its sending, in microseconds of the epoch. */
  public Event eventSentAt(long channelId, long seq, long micros) {
    return event(channelId, seq, Long.MAX_VALUE >>> 1, micros / 1_000, stamped(micros));
  }

  private static Event event(
      long channelId, long seq, long messageId, long epochMillis, String text) {
    return Event.newBuilder()
        .setChannelId(channelId)
        .setSeq(seq)
        .setMessagePosted(
            Message.newBuilder()
                .setMessageId(messageId)
                .setChannelId(channelId)
                .setSeq(seq)
                .setAuthor(AUTHOR)
                .setText(text)
                .setCreatedAt(Timestamps.fromMillis(epochMillis))
                .setNonce(nonce()))
        .build();
  }

  /** As long as the text, or as the number and a space if that is longer. */
  private String stamped(long micros) {
    String stamp = micros + " ";
    return stamp + text.substring(Math.min(stamp.length(), text.length()));
  }

  private static ByteString nonce() {
    var random = ThreadLocalRandom.current();
    return ByteString.copyFrom(
        ByteBuffer.allocate(NONCE_BYTES)
            .putLong(random.nextLong())
            .putLong(random.nextLong())
            .flip());
  }
}
