package chat.starling.channel.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.starling.channel.feed.FeedOutboxContract;
import chat.starling.devstack.kafka.SharedKafka;
import chat.starling.devstack.process.LocalServer;
import chat.starling.platform.ids.FeedId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outbox while Kafka is not there. */
class KafkaAwayIT {

  private static final Map<String, String> IMPATIENT =
      Map.of("delivery-timeout", "1500ms", "request-timeout", "1s", "partitions", "4");
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final FeedId FEED = FeedId.channel(1);

  private final LocalServer kafka = SharedKafka.unshared();

  @AfterEach
  void end() {
    kafka.close();
  }

  @Test
  void kafkaKilledAmidManyRuns_everyEventArrivesAndFirstOccurrencesAreInOrder() {
    kafka.start();
    OutboxSettings settings = TestOutbox.settings(kafka.address(), "killed", IMPATIENT);
    try (KafkaOutbox outbox = KafkaOutbox.open(settings, TestOutbox.NO_METER)) {
      List<FeedPublisher> feeds =
          LongStream.rangeClosed(1, 20)
              .mapToObj(id -> new FeedPublisher(outbox, FeedId.channel(id), 7, 1_500))
              .toList();
      List<CompletionStage<Void>> all = feeds.stream().map(FeedPublisher::publishAll).toList();
      killAmid(feeds, 150, false);
      killAmid(feeds, 700, true);
      all.forEach(TestOutbox::answer);
    }
    List<Long> expected = LongStream.rangeClosed(1, 1_500).boxed().toList();
    assertThat(new TopicReader(kafka.address(), "killed").firstOccurrences())
        .hasSize(20)
        .allSatisfy((key, seqs) -> assertThat(seqs).isEqualTo(expected));
  }

  @Test
  void kafkaAbsentAtTheStart_runsWaitAndArriveOnceItIsThere() {
    OutboxSettings settings = TestOutbox.settings(kafka.address(), "absent", IMPATIENT);
    try (KafkaOutbox outbox = KafkaOutbox.open(settings, TestOutbox.NO_METER)) {
      CompletionStage<Void> answer = outbox.publish(FEED, FeedOutboxContract.run(FEED, 1, 20));
      kafka.start();
      TestOutbox.answer(answer);
    }
    assertThat(new TopicReader(kafka.address(), "absent").published(FEED)).hasSize(20);
  }

  @Test
  void publish_moreThanMayWait_isRefusedAtOnce() {
    OutboxSettings settings = TestOutbox.settings(kafka.address(), "full", Map.of("max-runs", "2"));
    CompletableFuture<Void> waiting;
    try (KafkaOutbox outbox = KafkaOutbox.open(settings, TestOutbox.NO_METER)) {
      waiting = outbox.publish(FEED, FeedOutboxContract.run(FEED, 1, 1)).toCompletableFuture();
      var _ = outbox.publish(FeedId.channel(2), FeedOutboxContract.run(FEED, 1, 1));
      var refused = outbox.publish(FeedId.channel(3), FeedOutboxContract.run(FEED, 1, 1));
      assertThat(refused.toCompletableFuture().exceptionNow())
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("2 runs");
      assertThat(waiting).isNotDone();
      outbox.close(Duration.ZERO);
    }
    assertThatThrownBy(() -> TestOutbox.answer(waiting))
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  /** Kills Kafka once every feed has got so far, and starts it again. */
  private void killAmid(List<FeedPublisher> feeds, long seq, boolean untilRunsFail) {
    await().atMost(LONG).until(() -> feeds.stream().allMatch(feed -> feed.durable() >= seq));
    kafka.kill9();
    if (untilRunsFail) {
      await().atMost(LONG).until(() -> feeds.stream().allMatch(feed -> feed.failures() > 0));
    }
    kafka.start();
  }
}
