package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.v1.Message;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChannelServerIT {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("channel_server");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void message_appended_isSeenLiveInLogAndInHistory() {
    long channel =
        server
            .directory()
            .createChannel(
                CreateChannelRequest.newBuilder()
                    .setWorkspaceId(1)
                    .setName("general")
                    .setCreatorId(7)
                    .build())
            .getChannel()
            .getChannelId();
    assertThat(
            server
                .directory()
                .getMembership(
                    GetMembershipRequest.newBuilder().setChannelId(channel).setUserId(7).build())
                .getMember())
        .isTrue();
    TestGateway gateway = new TestGateway(server.feeds());
    gateway.add(channel);
    await().until(() -> !gateway.added(channel).isEmpty());

    AppendResponse first =
        server
            .blockingFeeds()
            .append(Requests.append(channel, Requests.nonce(1, 1), "hello").build());

    assertThat(first.getSeq()).isEqualTo(1);
    assertThat(first.getDuplicate()).isFalse();
    await().untilAsserted(() -> assertThat(gateway.seqs(channel)).containsExactly(1L));
    Message live = TestGateway.parse(gateway.events(channel).getFirst()).getMessagePosted();
    assertThat(live.getText()).isEqualTo("hello");
    assertThat(live.getMessageId()).isEqualTo(first.getMessageId());
    var events = server.blockingFeeds().readEvents(Requests.events(channel, 0, 10));
    assertThat(events.getLastSeq()).isEqualTo(1);
    assertThat(Requests.parseEvents(events.getEventsList()).getFirst().getMessagePosted())
        .isEqualTo(live);
    var page = server.blockingFeeds().readHistory(Requests.history(channel, 10).build());
    assertThat(Requests.messages(page.getMessagesList())).isEqualTo(List.of(live));
    gateway.end();
    await().until(gateway::completed);
  }
}
