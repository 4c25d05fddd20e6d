package chat.starling.channel.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.FeedOutboxContract;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outbox on producers whose every answer the test gives. */
class KafkaOutboxTest {

  private static final FeedId FEED = FeedId.channel(1);
  private static final FeedId OTHER = FeedId.channel(2);

  private final List<MockProducer<byte[], byte[]>> producers = new CopyOnWriteArrayList<>();
  private final AtomicInteger failingOpens = new AtomicInteger();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private @Nullable KafkaOutbox started;

  @AfterEach
  void close() {
    outbox().close(Duration.ZERO);
  }

  @Test
  void publish_lastRecordAcked_completes() {
    var answer = publish(FEED, 1, 3);
    MockProducer<byte[], byte[]> kafka = kafkaWith(0, 3);
    kafka.completeNext();
    kafka.completeNext();
    assertThat(answer).isNotDone();
    kafka.completeNext();
    assertThat(answer).isCompleted();
  }

  @Test
  void record_failed_itsProducerIsEndedAndTheRunsStartAgainOnANewOne() {
    var first = publish(FEED, 1, 3);
    MockProducer<byte[], byte[]> kafka = kafkaWith(0, 3);
    kafka.completeNext();
    kafka.errorNext(new TimeoutException("expired"));
    assertThat(first).isCompletedExceptionally();
    assertThat(kafka.closed()).isTrue();
    var second = publish(FEED, 1, 5);
    MockProducer<byte[], byte[]> next = kafkaWith(1, 5);
    completeAll(next);
    assertThat(second).isCompleted();
    assertThat(kafka.history()).hasSize(3);
  }

  @Test
  void record_failedBeforeAnyWasAcked_newProducerIsMadeAfterAPause() {
    var first = publish(FEED, 1, 1);
    kafkaWith(0, 1).errorNext(new KafkaException("not allowed"));
    assertThat(first).isCompletedExceptionally();
    var second = publish(FEED, 1, 1);
    completeAll(kafkaWith(1, 1));
    assertThat(second).isCompleted();
  }

  @Test
  void send_throws_runFailsAndNothingOfItComesBehind() {
    var first = publish(FEED, 1, 1);
    MockProducer<byte[], byte[]> kafka = kafkaWith(0, 1);
    kafka.completeNext();
    kafka.sendException = new KafkaException("no memory");
    var second = publish(OTHER, 1, 3);
    await().until(second::isDone);
    assertThat(second).isCompletedExceptionally();
    assertThat(first).isCompleted();
    assertThat(kafka.closed()).isTrue();
    assertThat(kafka.history()).hasSize(1);
  }

  @Test
  void event_unreadable_failsItsRunAlone() {
    var fine = publish(FEED, 1, 1);
    ByteString broken = ByteString.copyFrom(new byte[] {0x1A, 100, 1});
    var unreadable =
        outbox().publish(OTHER, List.of(new FeedEntry(1, 1, broken, broken))).toCompletableFuture();
    await().until(unreadable::isDone);
    assertThat(unreadable.exceptionNow()).isInstanceOf(UncheckedIOException.class);
    completeAll(kafkaWith(0, 1));
    assertThat(fine).isCompleted();
  }

  @Test
  void kafka_awayAtFirst_runsWaitForIt() {
    failingOpens.set(2);
    var answer = publish(FEED, 1, 2);
    completeAll(kafkaWith(0, 2));
    assertThat(answer).isCompleted();
  }

  @Test
  void publish_moreRunsThanMayWait_isRefusedUntilOneIsAnswered() {
    var first = publish(FEED, 1, 1);
    var _ = publish(OTHER, 1, 1);
    var _ = publish(FeedId.channel(3), 1, 1);
    var refused = publish(FeedId.channel(4), 1, 1);
    assertThat(refused.exceptionNow()).isInstanceOf(RejectedExecutionException.class);
    kafkaWith(0, 3).completeNext();
    assertThat(first).isCompleted();
    assertThat(publish(FeedId.channel(4), 1, 1)).isNotDone();
  }

  @Test
  void close_withRunsThatKafkaDoesNotAck_failsWhatComesAfter() {
    var _ = publish(FEED, 1, 1);
    kafkaWith(0, 1);
    outbox().close(Duration.ZERO);
    assertThat(producers.getFirst().closed()).isTrue();
    var late = publish(FEED, 1, 1);
    assertThat(late.exceptionNow()).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void close_whileKafkaIsAway_failsWhatWaits() {
    failingOpens.set(Integer.MAX_VALUE);
    var waiting = publish(FEED, 1, 1);
    outbox().close(Duration.ZERO);
    assertThat(waiting.exceptionNow()).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void metrics_tellWhatIsPublishedWaitsAndFailed() {
    var _ = publish(FEED, 1, 4);
    var _ = publish(OTHER, 1, 2);
    MockProducer<byte[], byte[]> kafka = kafkaWith(0, 6);
    assertThat(sum("starling.outbox.runs.waiting")).isEqualTo(2);
    for (int i = 0; i < 4; i++) {
      kafka.completeNext();
    }
    assertThat(sum("starling.outbox.events")).isEqualTo(4);
    assertThat(sum("starling.outbox.runs.waiting")).isEqualTo(1);
    kafka.errorNext(new TimeoutException("expired"));
    assertThat(sum("starling.outbox.run.failures")).isEqualTo(1);
    assertThat(sum("starling.outbox.runs.waiting")).isZero();
  }

  /** Starts with the first use, when the test has said how. */
  private KafkaOutbox outbox() {
    KafkaOutbox outbox = started;
    if (outbox == null) {
      outbox =
          new KafkaOutbox(
              TestOutbox.settings(Map.of("max-runs", "3")),
              this::open,
              SdkMeterProvider.builder().registerMetricReader(metrics).build().get("test"));
      started = outbox;
    }
    return outbox;
  }

  private CompletableFuture<Void> publish(FeedId feed, long from, long to) {
    return outbox().publish(feed, FeedOutboxContract.run(feed, from, to)).toCompletableFuture();
  }

  /** The producer that was made as so-manieth, once it was given so many records. */
  private MockProducer<byte[], byte[]> kafkaWith(int number, int records) {
    await()
        .until(
            () -> producers.size() > number && producers.get(number).history().size() == records);
    return producers.get(number);
  }

  private static void completeAll(MockProducer<byte[], byte[]> kafka) {
    while (kafka.completeNext()) {
      // the next
    }
  }

  private Producer<byte[], byte[]> open() {
    if (failingOpens.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new KafkaException("away");
    }
    var bytes = new ByteArraySerializer();
    MockProducer<byte[], byte[]> kafka = new MockProducer<>(false, null, bytes, bytes);
    producers.add(kafka);
    return kafka;
  }

  private long sum(String name) {
    return metrics.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getLongSumData().getPoints().stream())
        .mapToLong(LongPointData::getValue)
        .sum();
  }
}
