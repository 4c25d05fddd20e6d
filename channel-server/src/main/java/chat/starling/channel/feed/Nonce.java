package chat.starling.channel.feed;

import com.google.protobuf.ByteString;

/** The name that an author's client gave to one message: the author and the client's UUID. */
public record Nonce(long authorId, long high, long low) {

  /** Bytes of a nonce. */
  public static final int LENGTH = 16;

  /**
   * The nonce in these 16 bytes.
   *
   * @throws IllegalArgumentException when there are more or fewer
   */
  public static Nonce of(long authorId, ByteString bytes) {
    if (bytes.size() != LENGTH) {
      throw new IllegalArgumentException("nonce: " + bytes.size() + " bytes (expected: 16)");
    }
    var buffer = bytes.asReadOnlyByteBuffer();
    return new Nonce(authorId, buffer.getLong(), buffer.getLong());
  }
}
