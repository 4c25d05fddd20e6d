package chat.starling.cli;

import chat.starling.api.v1.Channel;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.MessageDeleted;
import chat.starling.api.v1.Sent;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/**
 * One-line JSON for scripts. Ids are strings, because not every reader keeps 64 bits; times are RFC
 * 3339.
 */
final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static String of(Message message) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("channel_id", Long.toString(message.getChannelId()));
    node.put("message_id", Long.toString(message.getMessageId()));
    node.put("seq", message.getSeq());
    node.putObject("author")
        .put("user_id", Long.toString(message.getAuthor().getUserId()))
        .put("display_name", message.getAuthor().getDisplayName());
    node.put("text", message.getText());
    node.put("created_at", time(message.getCreatedAt()));
    if (message.getDeletedBy() != 0) {
      node.put("deleted_by", Long.toString(message.getDeletedBy()));
    }
    return node.toString();
  }

  static String of(Sent sent) {
    return MAPPER
        .createObjectNode()
        .put("channel_id", Long.toString(sent.getChannelId()))
        .put("message_id", Long.toString(sent.getMessageId()))
        .put("seq", sent.getSeq())
        .put("created_at", time(sent.getCreatedAt()))
        .toString();
  }

  static String of(Channel channel) {
    return MAPPER
        .createObjectNode()
        .put("channel_id", Long.toString(channel.getChannelId()))
        .put("workspace_id", Long.toString(channel.getWorkspaceId()))
        .put("name", channel.getName())
        .put("created_at", time(channel.getCreatedAt()))
        .toString();
  }

  /** A message that may have been printed before is gone. */
  static String deletion(long channelId, long seq, MessageDeleted deletion) {
    return MAPPER
        .createObjectNode()
        .put("channel_id", Long.toString(channelId))
        .put("seq", seq)
        .put("deleted_message_id", Long.toString(deletion.getMessageId()))
        .put("deleted_by", Long.toString(deletion.getDeletedBy()))
        .toString();
  }

  /** A listener fell behind and messages up to this seq were skipped. */
  static String reload(long channelId, long fromSeq) {
    return MAPPER
        .createObjectNode()
        .put("channel_id", Long.toString(channelId))
        .put("skipped_to_seq", fromSeq)
        .toString();
  }

  static String time(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos()).toString();
  }
}
