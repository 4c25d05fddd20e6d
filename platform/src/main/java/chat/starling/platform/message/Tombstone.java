package chat.starling.platform.message;

import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.MessageDeleted;
import chat.starling.api.v1.ServerFrame;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;

/** What is left of a message once it is deleted: that it was there, and whose it was. */
public final class Tombstone {

  private Tombstone() {}

  /** What is left of this message; of one that is deleted already, it as it is. */
  public static Message of(Message message, long deletedBy) {
    return message.getDeletedBy() != 0
        ? message
        : message.toBuilder()
            .clearText()
            .clearNonce()
            .clearMentions()
            .setDeletedBy(deletedBy)
            .build();
  }

  /** What is left of the message that was deleted. */
  public static Message of(long channelId, MessageDeleted deletion) {
    return Message.newBuilder()
        .setMessageId(deletion.getMessageId())
        .setChannelId(channelId)
        .setSeq(deletion.getMessageSeq())
        .setAuthor(deletion.getAuthor())
        .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(deletion.getMessageId())))
        .setDeletedBy(deletion.getDeletedBy())
        .build();
  }

  /**
   * The event without its message's text.
   *
   * @param event that posts a message
   */
  public static Event of(Event event, long deletedBy) {
    return event.toBuilder().setMessagePosted(of(event.getMessagePosted(), deletedBy)).build();
  }

  /**
   * The frame without its message's text.
   *
   * @param frame a serialised starling.v1.ServerFrame that holds an event that posts a message
   * @throws IllegalStateException when the bytes are no frame
   */
  public static ByteString ofFrame(ByteString frame, long deletedBy) {
    ServerFrame parsed = parsed(frame);
    return parsed.toBuilder().setEvent(of(parsed.getEvent(), deletedBy)).build().toByteString();
  }

  /**
   * Who deletes a message by the event in this frame.
   *
   * @param frame a serialised starling.v1.ServerFrame
   * @throws IllegalStateException when the bytes are no frame
   */
  public static long deletedBy(ByteString frame) {
    return parsed(frame).getEvent().getMessageDeleted().getDeletedBy();
  }

  private static ServerFrame parsed(ByteString frame) {
    try {
      return ServerFrame.parseFrom(frame);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a frame that holds no event", e);
    }
  }
}
