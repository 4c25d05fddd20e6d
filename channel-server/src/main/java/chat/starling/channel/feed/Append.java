package chat.starling.channel.feed;

import chat.starling.api.v1.Author;
import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One message to be appended to a channel's feed, or one change to a workspace's.
 *
 * @param nonce 16 bytes
 * @param text the message's; empty for a change
 * @param retry the client says that it has sent this before
 * @param traceparent of the span of this append; empty when it is not traced
 * @param change what happens to a workspace; null for a message
 * @param reply gets the answer
 */
public record Append(
    Author author,
    ByteString nonce,
    String text,
    boolean retry,
    String traceparent,
    @Nullable WorkspaceChange change,
    AppendReply reply) {

  /** One message. */
  public Append(
      Author author,
      ByteString nonce,
      String text,
      boolean retry,
      String traceparent,
      AppendReply reply) {
    this(author, nonce, text, retry, traceparent, null, reply);
  }

  /** One change of a workspace. */
  public static Append change(WorkspaceChange change, AppendReply reply) {
    return new Append(
        Author.newBuilder().setUserId(change.event().getActorId()).build(),
        change.event().getNonce(),
        "",
        false,
        change.event().getTraceparent(),
        change,
        reply);
  }

  /** The name by which a repetition of this append is known. */
  public Nonce key() {
    return Nonce.of(author.getUserId(), nonce);
  }

  /** The same append once it is certain that none before had its nonce. */
  Append searched() {
    return new Append(author, nonce, text, false, traceparent, change, reply);
  }

  /** Whether it was decided on less than the feed holds, whose last seq this is. */
  boolean isOutdated(long lastSeq) {
    return change != null && change.decidedAt() != lastSeq;
  }
}
