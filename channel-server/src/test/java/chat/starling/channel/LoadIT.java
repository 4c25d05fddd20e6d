package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadIT {

  private static final int CHANNELS = 20;
  private static final int APPENDS = 2_000;
  private static final long FIRST_CHANNEL = 1_000;

  /** Sends everything at once, from many callers, and kills the server's process in spirit. */
  @Test
  void appends_pipelinedOverManyChannels_areDenseInOrderAndSurviveTheirServer() {
    try (TestServer first = TestServer.start("load")) {
      TestGateway gateway = new TestGateway(first.feeds());
      channels().forEach(gateway::add);
      await().until(() -> channels().allMatch(id -> !gateway.added(id).isEmpty()));

      Map<ByteString, AppendResponse> acked = appendAll(first, 0);

      Map<Long, List<Long>> expected = seqs(acked);
      expected.forEach((channel, seqs) ->
          await()
              .atMost(Duration.ofSeconds(30))
              .untilAsserted(() -> assertThat(gateway.seqs(channel)).isEqualTo(seqs)));
      first.crash();
      try (TestServer second = TestServer.start("load")) {
        channels().forEach(id -> check(second, id, acked));
        Map<ByteString, AppendResponse> more = appendAll(second, APPENDS);
        acked.putAll(more);
        channels().forEach(id -> check(second, id, acked));
      }
    }
  }

  private static Map<ByteString, AppendResponse> appendAll(TestServer server, int from) {
    Map<ByteString, CompletableFuture<AppendResponse>> sent = new HashMap<>();
    for (int i = from; i < from + APPENDS; i++) {
      ByteString nonce = Requests.nonce(FIRST_CHANNEL + i % CHANNELS, i);
      var answer = new UnaryAnswer<AppendResponse>();
      server
          .feeds()
          .append(
              Requests.append(FIRST_CHANNEL + i % CHANNELS, nonce, "text " + i + " 🐦").build(),
              answer);
      sent.put(nonce, answer.future());
    }
    Map<ByteString, AppendResponse> acked = new HashMap<>();
    sent.forEach((nonce, answer) -> acked.put(nonce, answer.join()));
    return acked;
  }

  private static void check(
      TestServer server, long channel, Map<ByteString, AppendResponse> acked) {
    List<Event> log = new ArrayList<>();
    boolean more = true;
    while (more) {
      var page = server.blockingFeeds().readEvents(Requests.events(channel, log.size(), 70));
      log.addAll(Requests.parseEvents(page.getEventsList()));
      more = log.size() < page.getLastSeq();
    }
    List<Message> history =
        Requests.messages(
            server
                .blockingFeeds()
                .readHistory(Requests.history(channel, 1000).build())
                .getMessagesList());
    assertThat(log).extracting(Event::getMessagePosted).isEqualTo(history);
    assertThat(log).extracting(Event::getSeq).containsExactlyElementsOf(seqs(acked).get(channel));
    for (Message message : history) {
      AppendResponse answer = Objects.requireNonNull(acked.get(message.getNonce()));
      assertThat(answer.getSeq()).isEqualTo(message.getSeq());
      assertThat(answer.getMessageId()).isEqualTo(message.getMessageId());
    }
  }

  private static Map<Long, List<Long>> seqs(Map<ByteString, AppendResponse> acked) {
    Map<Long, List<Long>> seqs = new HashMap<>();
    acked.forEach((nonce, answer) ->
        seqs.computeIfAbsent(nonce.asReadOnlyByteBuffer().getLong(), id -> new ArrayList<>())
            .add(answer.getSeq()));
    seqs.values().forEach(list -> list.sort(null));
    seqs.values()
        .forEach(list ->
            assertThat(list)
                .containsExactlyElementsOf(
                    LongStream.rangeClosed(1, list.size()).boxed().toList()));
    return seqs;
  }

  private static java.util.stream.Stream<Long> channels() {
    return LongStream.range(FIRST_CHANNEL, FIRST_CHANNEL + CHANNELS).boxed();
  }
}
