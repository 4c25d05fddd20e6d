package chat.starling.channel.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.OutboxEvent;
import chat.starling.api.v1.Event;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.FeedOutbox;
import chat.starling.channel.feed.FeedOutboxContract;
import chat.starling.devstack.kafka.SharedKafka;
import chat.starling.platform.ids.FeedId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaOutboxIT extends FeedOutboxContract {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String TOPIC = "contract";

  private static TopicReader reader;
  private static UnreliableProducers producers;
  private static KafkaOutbox outbox;

  @BeforeAll
  static void open() {
    var kafka = SharedKafka.bootstrap();
    OutboxSettings settings = TestOutbox.settings(kafka, TOPIC, Map.of());
    reader = new TopicReader(kafka, TOPIC);
    producers = new UnreliableProducers(KafkaOutbox.source(settings));
    outbox = new KafkaOutbox(settings, producers, TestOutbox.NO_METER);
  }

  @AfterAll
  static void close() {
    outbox.close();
  }

  @Test
  void record_ofTracedEvent_hasKeyValueAndHeader() throws Exception {
    FeedId feed = FeedId.channel(freshId());
    FeedEntry entry = entry(feed, 7, TRACE);
    answer(outbox.publish(feed, List.of(entry)));
    ConsumerRecord<byte[], byte[]> record = reader.of(feed).getFirst();
    assertThat(record.key()).asString(StandardCharsets.US_ASCII).isEqualTo("channel/" + feed.id());
    OutboxEvent value = OutboxEvent.parseFrom(record.value());
    assertThat(value.getFeed().getId()).isEqualTo(feed.id());
    assertThat(value.getSeq()).isEqualTo(7);
    assertThat(value.getEvent()).isEqualTo(Event.parseFrom(entry.event()));
    assertThat(record.headers())
        .singleElement()
        .satisfies(header -> {
          assertThat(header.key()).isEqualTo("traceparent");
          assertThat(header.value()).asString(StandardCharsets.US_ASCII).isEqualTo(TRACE);
        });
  }

  @Test
  void close_withRunsUnderWay_letsThemReachKafka() {
    FeedId feed = FeedId.channel(freshId());
    var kafka = SharedKafka.bootstrap();
    OutboxSettings settings = TestOutbox.settings(kafka, TOPIC, Map.of());
    KafkaOutbox closing = KafkaOutbox.open(settings, TestOutbox.NO_METER);
    CompletionStage<Void> answer = closing.publish(feed, run(feed, 1, 500));
    closing.close(Duration.ofSeconds(60));
    answer(answer);
    assertThat(reader.published(feed)).hasSize(500);
  }

  @Override
  protected FeedOutbox store() {
    return outbox;
  }

  @Override
  protected List<Published> published(FeedId of) {
    return reader.published(of);
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return TestOutbox.answer(question);
  }

  @Override
  protected void failNextChange(boolean done) {
    producers.failSoon(done);
  }
}
