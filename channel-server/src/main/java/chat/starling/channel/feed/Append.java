package chat.starling.channel.feed;

import chat.starling.api.v1.Author;
import com.google.protobuf.ByteString;

/**
 * One message to be appended to a channel's feed.
 *
 * @param nonce 16 bytes
 * @param retry the client says that it has sent this before
 * @param traceparent of the span of this append; empty when it is not traced
 * @param reply gets the answer
 */
public record Append(
    Author author,
    ByteString nonce,
    String text,
    boolean retry,
    String traceparent,
    AppendReply reply) {

  /** The name by which a repetition of this append is known. */
  public Nonce key() {
    return Nonce.of(author.getUserId(), nonce);
  }

  /** The same append once it is certain that none before had its nonce. */
  Append searched() {
    return new Append(author, nonce, text, false, traceparent, reply);
  }
}
