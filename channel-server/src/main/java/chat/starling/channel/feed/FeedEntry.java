package chat.starling.channel.feed;

import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Mentions;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.MessageDeleted;
import chat.starling.api.v1.ServerFrame;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.message.Tombstone;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One event of a feed in the bytes that are stored and sent: serialised once, then only wrapped.
 *
 * @param messageId of a deletion and of a workspace's event, the event's own id
 * @param event a serialised starling.v1.Event, or of a workspace's feed WorkspaceEvent
 * @param message its starling.v1.Message, a part of the same bytes; empty when it posts none
 * @param deletes the seq of the event whose message it deletes; 0 when it deletes none
 */
public record FeedEntry(
    long seq, long messageId, ByteString event, ByteString message, long deletes) {

  /** An entry that deletes nothing. */
  public FeedEntry(long seq, long messageId, ByteString event, ByteString message) {
    this(seq, messageId, event, message, 0);
  }

  /** The entry that the append makes. */
  public static FeedEntry of(FeedId feed, long seq, long messageId, Append append) {
    WorkspaceChange change = append.change();
    Deletion deletion = append.deletion();
    if (change != null) {
      return new FeedEntry(
          seq,
          messageId,
          change.event().toBuilder().setSeq(seq).setEventId(messageId).build().toByteString(),
          ByteString.EMPTY);
    }
    return deletion == null
        ? post(feed, seq, messageId, append)
        : of(head(feed, seq, append).setMessageDeleted(deletion.event(messageId)).build());
  }

  /** The entry that posts the append's message. */
  public static FeedEntry post(FeedId feed, long seq, long messageId, Append append) {
    Message.Builder posted =
        Message.newBuilder()
            .setMessageId(messageId)
            .setChannelId(feed.id())
            .setSeq(seq)
            .setAuthor(append.author())
            .setText(append.text())
            .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(messageId)))
            .setNonce(append.nonce());
    if (!append.restraint().mentions().equals(Mentions.getDefaultInstance())) {
      posted.setMentions(append.restraint().mentions());
    }
    Message message = posted.build();
    Event head = head(feed, seq, append).build();
    ByteString event = joined(head, Event.MESSAGE_POSTED_FIELD_NUMBER, message);
    int begin = event.size() - message.getSerializedSize();
    return new FeedEntry(seq, messageId, event, event.substring(begin));
  }

  /**
   * The entry that a row of the feed's log holds.
   *
   * @throws IllegalStateException when the bytes are no event
   */
  public static FeedEntry of(FeedId feed, LogRow row) {
    if (feed.kind() == chat.starling.platform.ids.FeedKind.WORKSPACE) {
      return new FeedEntry(
          row.seq(), workspaceEvent(row.event()).getEventId(), row.event(), ByteString.EMPTY);
    }
    Event event = parse(row.event());
    if (event.hasMessageDeleted()) {
      return deletion(row.seq(), row.event(), event.getMessageDeleted());
    }
    Message message = event.getMessagePosted();
    return new FeedEntry(row.seq(), message.getMessageId(), row.event(), message.toByteString());
  }

  private static FeedEntry of(Event event) {
    ByteString bytes = event.toByteString();
    return event.hasMessageDeleted()
        ? deletion(event.getSeq(), bytes, event.getMessageDeleted())
        : new FeedEntry(
            event.getSeq(),
            event.getMessagePosted().getMessageId(),
            bytes,
            event.getMessagePosted().toByteString());
  }

  private static FeedEntry deletion(long seq, ByteString event, MessageDeleted deletion) {
    return new FeedEntry(
        seq, deletion.getEventId(), event, ByteString.EMPTY, deletion.getMessageSeq());
  }

  private static Event.Builder head(FeedId feed, long seq, Append append) {
    return Event.newBuilder()
        .setChannelId(feed.id())
        .setSeq(seq)
        .setTraceparent(append.traceparent());
  }

  /** Whether it posts a message. */
  public boolean posts() {
    return !message.isEmpty();
  }

  /** Whether it deletes a message. */
  public boolean isDeletion() {
    return deletes != 0;
  }

  /** What it says of the message that it deletes. */
  public MessageDeleted deletion() {
    return parse(event).getMessageDeleted();
  }

  /** The entry without its message's text; as it is when it posts none. */
  public FeedEntry without(long deletedBy) {
    return posts() ? of(Tombstone.of(parse(event), deletedBy)) : this;
  }

  /** The message, parsed; without any field when the entry posts none. */
  public Message parsedMessage() {
    return message.isEmpty() ? Message.getDefaultInstance() : parse(event).getMessagePosted();
  }

  /** The event of a workspace's feed, parsed. */
  public WorkspaceEvent workspaceEvent() {
    return workspaceEvent(event);
  }

  /** When the message was made, milliseconds since 1970. */
  public long createdMillis() {
    return Snowflake.epochMillis(messageId);
  }

  /** The event as subscribers get it; the same object serves all of them. */
  public SubscribeResponse toResponse(FeedId feed, String traceparent) {
    FeedEvent.Builder out = FeedEvent.newBuilder().setSeq(seq).setTraceparent(traceparent);
    if (feed.kind() == chat.starling.platform.ids.FeedKind.WORKSPACE) {
      out.setWorkspaceEvent(event);
    } else {
      out.setFrame(frame()).setDeletesSeq(deletes);
    }
    out.getFeedBuilder().setKind(FeedKind.forNumber(feed.kind().code())).setId(feed.id());
    return SubscribeResponse.newBuilder().setEvent(out).build();
  }

  /** A serialised starling.v1.ServerFrame around the stored bytes. */
  private ByteString frame() {
    try {
      int size = CodedOutputStream.computeBytesSize(ServerFrame.EVENT_FIELD_NUMBER, event);
      byte[] bytes = new byte[size];
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeBytes(ServerFrame.EVENT_FIELD_NUMBER, event);
      return UnsafeByteOperations.unsafeWrap(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteString joined(Event head, int field, Message last) {
    try {
      int size = head.getSerializedSize() + CodedOutputStream.computeMessageSize(field, last);
      byte[] bytes = new byte[size];
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      head.writeTo(out);
      out.writeMessage(field, last);
      return UnsafeByteOperations.unsafeWrap(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WorkspaceEvent workspaceEvent(ByteString event) {
    try {
      return WorkspaceEvent.parseFrom(event);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a log row that holds no event", e);
    }
  }

  private static Event parse(ByteString event) {
    try {
      return Event.parseFrom(event);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a log row that holds no event", e);
    }
  }
}
