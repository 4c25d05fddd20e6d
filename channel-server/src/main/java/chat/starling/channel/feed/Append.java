package chat.starling.channel.feed;

import chat.starling.api.v1.Author;
import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One message to be appended to a channel's feed, the deletion of one, or one change to a
 * workspace's.
 *
 * @param nonce 16 bytes
 * @param text the message's; empty for a change or a deletion
 * @param retry the client says that it has sent this before
 * @param traceparent of the span of this append; empty when it is not traced
 * @param restraint what a message mentions and has to wait for
 * @param change what happens to a workspace; null in a channel
 * @param deletion which message goes; null otherwise
 * @param reply gets the answer
 */
public record Append(
    Author author,
    ByteString nonce,
    String text,
    boolean retry,
    String traceparent,
    Restraint restraint,
    @Nullable WorkspaceChange change,
    @Nullable Deletion deletion,
    AppendReply reply) {

  /** One message that mentions nobody and waits for nothing. */
  public Append(
      Author author,
      ByteString nonce,
      String text,
      boolean retry,
      String traceparent,
      AppendReply reply) {
    this(author, nonce, text, retry, traceparent, Restraint.NONE, reply);
  }

  /** One message. */
  public Append(
      Author author,
      ByteString nonce,
      String text,
      boolean retry,
      String traceparent,
      Restraint restraint,
      AppendReply reply) {
    this(author, nonce, text, retry, traceparent, restraint, null, null, reply);
  }

  /** The deletion of one message. */
  public static Append deletion(
      Deletion deletion, ByteString nonce, String traceparent, AppendReply reply) {
    Author who = Author.newBuilder().setUserId(deletion.deletedBy()).build();
    return new Append(who, nonce, "", false, traceparent, Restraint.NONE, null, deletion, reply);
  }

  /** One change of a workspace. */
  public static Append change(WorkspaceChange change, AppendReply reply) {
    return new Append(
        Author.newBuilder().setUserId(change.event().getActorId()).build(),
        change.event().getNonce(),
        "",
        false,
        change.event().getTraceparent(),
        Restraint.NONE,
        change,
        null,
        reply);
  }

  /** The name by which a repetition of this append is known. */
  public Nonce key() {
    return Nonce.of(author.getUserId(), nonce);
  }

  /** The same append once it is certain that none before had its nonce. */
  Append searched() {
    return new Append(author, nonce, text, false, traceparent, restraint, change, deletion, reply);
  }

  /** Whether it was decided on less than the feed holds, whose last seq this is. */
  boolean isOutdated(long lastSeq) {
    return change != null && change.decidedAt() != lastSeq;
  }
}
