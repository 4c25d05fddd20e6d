package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Message;
import chat.starling.platform.time.SystemTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Feeds that nobody uses are forgotten by the server, and by nobody else. */
class IdleFeedIT {

  private static TestServer server;

  @BeforeAll
  static void start() {
    Map<String, String> quick = Map.of("feed.idle-time", "100ms", "feed.head-interval", "50ms");
    server = TestServer.start("idle", SystemTime.wall(), quick);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void feed_idleAndUsedAgain_goesOnWhereItWas() {
    AppendResponse first = append(append(1, 1));
    await().until(() -> server.activeFeeds() == 0);

    AppendResponse second = append(append(1, 2));
    assertThat(second.getSeq()).isEqualTo(2);
    assertThat(second.getMessageId()).isGreaterThan(first.getMessageId());
    assertThat(texts(1)).containsExactly("text 1", "text 2");
    await().until(() -> server.activeFeeds() == 0);

    AppendResponse again = append(append(1, 1).setRetry(true));
    assertThat(again).isEqualTo(first.toBuilder().setDuplicate(true).build());
    await().until(() -> server.activeFeeds() == 0);

    TestGateway gateway = new TestGateway(server.feeds());
    gateway.add(1, 0);
    await().untilAsserted(() -> assertThat(gateway.seqs(1)).containsExactly(1L, 2L));
    gateway.end();
    await().until(() -> server.activeFeeds() == 0);
  }

  @Test
  void feed_withASubscriber_staysWhileAnIdleOneGoes() {
    TestGateway gateway = new TestGateway(server.feeds());
    gateway.add(2);
    await().until(() -> !gateway.added(2).isEmpty());
    append(append(3, 3));
    await().until(() -> server.activeFeeds() == 1);

    append(append(2, 4));
    await().untilAsserted(() -> assertThat(gateway.seqs(2)).containsExactly(1L));
    gateway.end();
    await().until(() -> server.activeFeeds() == 0);
  }

  private static AppendRequest.Builder append(long channel, long number) {
    return Requests.append(channel, Requests.nonce(5, number), "text " + number);
  }

  private static AppendResponse append(AppendRequest.Builder request) {
    return server.blockingFeeds().append(request.build());
  }

  private static List<String> texts(long channel) {
    var page = server.blockingFeeds().readHistory(Requests.history(channel, 10).build());
    return Requests.messages(page.getMessagesList()).stream().map(Message::getText).toList();
  }
}
