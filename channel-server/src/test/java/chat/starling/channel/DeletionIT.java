package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.DeleteMessageRequest;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.platform.time.SystemTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deleted message's text is gone from a real server, its store, and the server after it. */
class DeletionIT {

  private static final long CHANNEL = 5;
  private static final long AUTHOR = 7;

  @Test
  void message_deleted_isWithoutText_alsoUnderTheNextServer() {
    Map<String, String> settings = Map.of("feed.tail-events", "2");
    try (TestServer first = TestServer.start("deletion", SystemTime.wall(), settings)) {
      TestGateway gateway = new TestGateway(first.feeds());
      gateway.add(CHANNEL);
      await().until(() -> !gateway.added(CHANNEL).isEmpty());
      AppendResponse posted = append(first, 1, "secret");
      append(first, 2, "kept");
      append(first, 3, "kept too");
      await().until(() -> gateway.seqs(CHANNEL).size() == 3);
      assertThat(delete(first, posted.getMessageId())).isEqualTo(4);
      assertThat(delete(first, posted.getMessageId())).isZero();
      await().until(() -> gateway.seqs(CHANNEL).size() == 4);
      Event told = TestGateway.parse(gateway.events(CHANNEL).getLast());
      assertThat(told.getMessageDeleted().getMessageId()).isEqualTo(posted.getMessageId());
      assertGone(first);
      first.crash();
      try (TestServer second = TestServer.start("deletion", SystemTime.wall(), settings)) {
        assertGone(second);
        append(second, 4, "more");
        append(second, 5, "and more");
        append(second, 6, "and more again");
        assertGone(second);
      }
    }
  }

  private static AppendResponse append(TestServer server, long nonce, String text) {
    return server
        .blockingFeeds()
        .append(Requests.append(CHANNEL, Requests.nonce(1, nonce), text).build());
  }

  private static long delete(TestServer server, long messageId) {
    return server
        .blockingFeeds()
        .deleteMessage(
            DeleteMessageRequest.newBuilder()
                .setChannelId(CHANNEL)
                .setMessageId(messageId)
                .setUserId(AUTHOR)
                .setNonce(Requests.nonce(2, messageId))
                .build())
        .getSeq();
  }

  private static void assertGone(TestServer server) {
    var page = server.blockingFeeds().readHistory(Requests.history(CHANNEL, 10).build());
    List<Message> messages = Requests.messages(page.getMessagesList());
    assertThat(messages.getFirst().getText()).isEmpty();
    assertThat(messages.getFirst().getDeletedBy()).isEqualTo(AUTHOR);
    assertThat(messages.get(1).getText()).isEqualTo("kept");
    var log = server.blockingFeeds().readEvents(Requests.events(CHANNEL, 0, 10));
    assertThat(Requests.parseEvents(log.getEventsList()).getFirst().getMessagePosted())
        .isEqualTo(messages.getFirst());
  }
}
