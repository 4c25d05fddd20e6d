package chat.starling.client;

import com.google.protobuf.ByteString;

/** A message that was handed to {@link StarlingClient#send} and has no place in its channel yet. */
public final class PendingMessage {
  private final long channelId;
  private final ByteString nonce;
  private final String text;

  PendingMessage(long channelId, ByteString nonce, String text) {
    this.channelId = channelId;
    this.nonce = nonce;
    this.text = text;
  }

  /** The channel that it goes to. */
  public long channelId() {
    return channelId;
  }

  /** 16 bytes; the confirmed message carries the same. */
  public ByteString nonce() {
    return nonce;
  }

  /** The text as given. */
  public String text() {
    return text;
  }
}
