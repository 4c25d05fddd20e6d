package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendManyResponse.Answer;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.rpc.RefusalStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The stream of appends at a whole server. */
class AppendManyIT {

  private static final Duration SLOW = Duration.ofSeconds(60);

  @Test
  void appends_ofOneFrame_areEachAnsweredOnceInTheirOrder() {
    try (TestServer server = TestServer.start("append_many")) {
      TestAppender appender = new TestAppender(server.feeds());
      List<CompletableFuture<AppendResponse>> sent =
          appender.send(LongStream.range(0, 100).mapToObj(i -> append(i % 2, i)), "");
      appender.end();
      await().atMost(SLOW).until(appender::completed);
      assertThat(sent).allMatch(CompletableFuture::isDone);
      for (int channel = 0; channel < 2; channel++) {
        int first = channel;
        assertThat(LongStream.range(0, 50).map(i -> seq(sent, first + 2 * (int) i)))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
      }
      assertThat(appender.answers())
          .extracting(Answer::getNumber)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
      assertThat(server.blockingFeeds().append(append(0, 0)).getDuplicate())
          .as("the unary rpc knows what came on the stream")
          .isTrue();
    }
  }

  @Test
  void append_thatIsRefused_leavesTheOthersAndTheStream() {
    try (TestServer server = TestServer.start("append_many_refused")) {
      TestAppender appender = new TestAppender(server.feeds());
      AppendRequest empty = append(0, 2).toBuilder().setText("").build();
      var sent = appender.send(List.of(append(0, 1), empty, append(0, 3)).stream(), "");
      assertThat(catchThrowable(sent.get(1)::join))
          .satisfies(fault ->
              assertThat(RefusalStatus.fromThrowable(fault).map(Refusal::getReason))
                  .contains(Reason.REASON_TEXT_EMPTY));
      assertThat(List.of(seq(sent, 0), seq(sent, 2))).containsExactly(1L, 2L);
      assertThat(appender.send(append(0, 4)).orTimeout(60, TimeUnit.SECONDS).join().getSeq())
          .isEqualTo(3);
    }
  }

  @Test
  void stop_withAppendsInFlight_answersThemAndEndsTheStreamUnavailable() {
    TestServer server = TestServer.start("append_many_stop");
    TestAppender appender = new TestAppender(server.feeds());
    appender.send(append(0, 0)).orTimeout(60, TimeUnit.SECONDS).join();
    var sent = appender.send(LongStream.rangeClosed(1, 200).mapToObj(i -> append(i, i)), "");
    await().atMost(SLOW).until(() -> sent.stream().anyMatch(CompletableFuture::isDone));
    server.close();
    await().atMost(SLOW).until(() -> appender.fault() != null);
    assertThat(RefusalStatus.fromThrowable(Objects.requireNonNull(appender.fault())))
        .map(Refusal::getReason)
        .contains(Reason.REASON_UNAVAILABLE);
    assertThat(sent).allMatch(CompletableFuture::isDone);
  }

  private static long seq(List<CompletableFuture<AppendResponse>> sent, int index) {
    return sent.get(index).join().getSeq();
  }

  private static AppendRequest append(long channel, long number) {
    return Requests.append(channel + 1, Requests.nonce(1, number), "text " + number).build();
  }
}
