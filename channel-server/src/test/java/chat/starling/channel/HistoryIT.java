package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.v1.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** History over several days, most of it out of the owner's memory. */
class HistoryIT {

  private static final long CHANNEL = 8;
  private static final int MESSAGES = 60;

  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.parse("2026-02-01T22:00:00Z"));
  private static final List<Message> ALL = new ArrayList<>();

  private static TestServer server;

  /** One message an hour and a silent year in the middle. */
  @BeforeAll
  static void write() {
    server = TestServer.start("history", NOW::get, Map.of("feed.tail-events", "5"));
    for (int i = 0; i < MESSAGES; i++) {
      NOW.updateAndGet(now -> now.plus(Duration.ofHours(1)));
      server
          .blockingFeeds()
          .append(Requests.append(CHANNEL, Requests.nonce(1, i), "text " + i).build());
      if (i == MESSAGES / 2) {
        NOW.updateAndGet(now -> now.plus(Duration.ofDays(365)));
      }
    }
    ALL.addAll(messages(page(Requests.history(CHANNEL, 1000))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void newest_holdsAllInOrder() {
    assertThat(ALL).hasSize(MESSAGES);
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(ALL.get(i).getText()).isEqualTo("text " + i);
      assertThat(ALL.get(i).getSeq()).isEqualTo(i + 1);
    }
  }

  @Test
  void pages_backward_meetEveryMessageOnce() {
    List<Message> seen = new ArrayList<>();
    ReadHistoryResponse page = page(Requests.history(CHANNEL, 7));
    assertThat(page.getHasNewer()).isFalse();
    seen.addAll(0, messages(page));
    while (page.getHasOlder()) {
      page = page(Requests.history(CHANNEL, 7).setBefore(seen.getFirst().getMessageId()));
      assertThat(page.getHasNewer()).isTrue();
      seen.addAll(0, messages(page));
    }
    assertThat(seen).isEqualTo(ALL);
  }

  @Test
  void pages_forward_meetEveryMessageOnce() {
    List<Message> seen = new ArrayList<>();
    ReadHistoryResponse page = page(Requests.history(CHANNEL, 11).setAfter(0));
    assertThat(page.getHasOlder()).isFalse();
    seen.addAll(messages(page));
    while (page.getHasNewer()) {
      page = page(Requests.history(CHANNEL, 11).setAfter(seen.getLast().getMessageId()));
      assertThat(page.getHasOlder()).isTrue();
      seen.addAll(messages(page));
    }
    assertThat(seen).isEqualTo(ALL);
  }

  @Test
  void around_anyMessage_hasHalfAPageBeforeIt() {
    for (int at = 0; at < MESSAGES; at++) {
      ReadHistoryResponse page =
          page(Requests.history(CHANNEL, 9).setAround(ALL.get(at).getMessageId()));
      int from = Math.max(0, at - 4);
      int to = Math.min(MESSAGES, at + 5);
      assertThat(messages(page)).isEqualTo(ALL.subList(from, to));
      assertThat(page.getHasOlder()).isEqualTo(from > 0);
      assertThat(page.getHasNewer()).isEqualTo(to < MESSAGES);
    }
  }

  @Test
  void around_anIdThatDoesNotExist_liesBetweenItsNeighbours() {
    long between = ALL.get(20).getMessageId() + 1;
    assertThat(messages(page(Requests.history(CHANNEL, 4).setAround(between))))
        .isEqualTo(ALL.subList(19, 23));
    assertThat(messages(page(Requests.history(CHANNEL, 4).setBefore(Long.MAX_VALUE))))
        .isEqualTo(ALL.subList(MESSAGES - 4, MESSAGES));
    assertThat(messages(page(Requests.history(CHANNEL, 4).setAfter(Long.MAX_VALUE)))).isEmpty();
  }

  @Test
  void channel_withoutMessages_hasAnEmptyPage() {
    ReadHistoryResponse page = page(Requests.history(CHANNEL + 1, 10));
    assertThat(page).isEqualTo(ReadHistoryResponse.getDefaultInstance());
  }

  private static ReadHistoryResponse page(ReadHistoryRequest.Builder request) {
    return server.blockingFeeds().readHistory(request.build());
  }

  private static List<Message> messages(ReadHistoryResponse page) {
    return Requests.messages(page.getMessagesList());
  }
}
