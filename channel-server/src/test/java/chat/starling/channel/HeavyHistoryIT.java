package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.v1.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** History of the longest messages: pages of a thousand would be 16 MB. */
class HeavyHistoryIT {

  private static final long CHANNEL = 9;
  private static final int MESSAGES = 450;
  private static final int CLIENTS_LIMIT = 4 << 20;
  private static final String LONGEST = "🐦".repeat(4_000);

  private static TestServer server;

  @BeforeAll
  static void write() {
    server = TestServer.start("heavy_history");
    for (int i = 0; i < MESSAGES; i++) {
      server
          .blockingFeeds()
          .append(Requests.append(CHANNEL, Requests.nonce(1, i), LONGEST).build());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void pages_backward_fitAClientAndMeetEveryMessageOnce() {
    List<Message> seen = new ArrayList<>();
    ReadHistoryResponse page = page(Requests.history(CHANNEL, 1000));
    assertThat(page.getHasNewer()).isFalse();
    assertThat(page.getHasOlder()).isTrue();
    seen.addAll(0, messages(page));
    while (page.getHasOlder()) {
      page = page(Requests.history(CHANNEL, 1000).setBefore(seen.getFirst().getMessageId()));
      assertThat(page.getHasNewer()).isTrue();
      seen.addAll(0, messages(page));
    }
    assertThat(seqs(seen)).isEqualTo(seqs(1, MESSAGES));
  }

  @Test
  void pages_forward_fitAClientAndMeetEveryMessageOnce() {
    List<Message> seen = new ArrayList<>();
    ReadHistoryResponse page = page(Requests.history(CHANNEL, 1000).setAfter(0));
    assertThat(page.getHasOlder()).isFalse();
    assertThat(page.getHasNewer()).isTrue();
    seen.addAll(messages(page));
    while (page.getHasNewer()) {
      page = page(Requests.history(CHANNEL, 1000).setAfter(seen.getLast().getMessageId()));
      assertThat(page.getHasOlder()).isTrue();
      seen.addAll(messages(page));
    }
    assertThat(seqs(seen)).isEqualTo(seqs(1, MESSAGES));
  }

  @Test
  void around_heavyNeighbours_keepsTheMessageInTheMiddle() {
    List<Message> newest = messages(page(Requests.history(CHANNEL, MESSAGES / 2)));
    Message middle = newest.getFirst();
    ReadHistoryResponse page =
        page(Requests.history(CHANNEL, 1000).setAround(middle.getMessageId()));
    List<Message> around = messages(page);
    assertThat(page.getHasOlder()).isTrue();
    assertThat(page.getHasNewer()).isTrue();
    assertThat(around.get(around.size() / 2).getSeq() - middle.getSeq()).isBetween(-1L, 1L);
  }

  private static ReadHistoryResponse page(ReadHistoryRequest.Builder request) {
    ReadHistoryResponse page = server.blockingFeeds().readHistory(request.build());
    assertThat(page.getSerializedSize()).isLessThan(CLIENTS_LIMIT);
    return page;
  }

  private static List<Message> messages(ReadHistoryResponse page) {
    return Requests.messages(page.getMessagesList());
  }

  private static List<Long> seqs(List<Message> messages) {
    return messages.stream().map(Message::getSeq).toList();
  }

  private static List<Long> seqs(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
