package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Sent;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final Timestamp TIME =
      Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(5_000_000).build();

  @Test
  void message_isOneLineWithIdsAsStrings() {
    Message message =
        Message.newBuilder()
            .setMessageId(Long.MAX_VALUE)
            .setChannelId(3)
            .setSeq(4)
            .setAuthor(Author.newBuilder().setUserId(5).setDisplayName("alice"))
            .setText("a \"quote\"\nand a line")
            .setCreatedAt(TIME)
            .build();
    assertThat(Json.of(message))
        .isEqualTo(
            "{\"channel_id\":\"3\",\"message_id\":\"9223372036854775807\",\"seq\":4,"
                + "\"author\":{\"user_id\":\"5\",\"display_name\":\"alice\"},\"text\":\"a"
                + " \\\"quote\\\"\\nand a line\",\"created_at\":\"2023-11-14T22:13:20.005Z\"}");
  }

  @Test
  void sent_saysWhereTheMessageWent() {
    Sent sent =
        Sent.newBuilder().setChannelId(3).setMessageId(9).setSeq(4).setCreatedAt(TIME).build();
    assertThat(Json.of(sent))
        .isEqualTo(
            "{\"channel_id\":\"3\",\"message_id\":\"9\",\"seq\":4,\"created_at\":\"2023-11-14T22:13:20.005Z\"}");
  }

  @Test
  void channel_saysIdAndName() {
    Channel channel =
        Channel.newBuilder()
            .setChannelId(3)
            .setWorkspaceId(1)
            .setName("general")
            .setCreatedAt(TIME)
            .build();
    assertThat(Json.of(channel))
        .isEqualTo(
            "{\"channel_id\":\"3\",\"workspace_id\":\"1\",\"name\":\"general\",\"created_at\":\"2023-11-14T22:13:20.005Z\"}");
  }
}
