package chat.starling.edge.chaos;

import chat.starling.edge.crowd.Ledger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topic that every acked event goes to, read from its beginning. Of one thread. */
final class OutboxTopic implements AutoCloseable {

  private static final String TOPIC = "starling.events";
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Long, List<Ledger.Entry>> events = new HashMap<>();
  private final Map<Long, Integer> partitions = new HashMap<>();
  private final List<String> oddities = new ArrayList<>();

  /** Nothing read yet. */
  OutboxTopic(InetSocketAddress kafka) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:" + kafka.getPort(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Reads on to where the topic ends at this moment; nothing when there is no such topic. */
  void readOn() {
    if (consumer.assignment().isEmpty()) {
      assign();
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(end -> before(end.getKey(), end.getValue()))) {
      consumer.poll(POLL).forEach(this::take);
    }
  }

  private void assign() {
    List<TopicPartition> all =
        consumer.listTopics().getOrDefault(TOPIC, List.of()).stream()
            .map(partition -> new TopicPartition(TOPIC, partition.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  private boolean before(TopicPartition partition, long end) {
    return consumer.position(partition) < end;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      OutboxRecord event = OutboxRecord.parse(record.value());
      if (event.feedKind() == OutboxRecord.CHANNEL) {
        check(record, event);
        events
            .computeIfAbsent(event.feedId(), id -> new ArrayList<>())
            .add(Ledger.Entry.of(event.event().getMessagePosted()));
      }
    } catch (IOException e) {
      oddities.add("%s cannot be read: %s".formatted(place(record), e.getMessage()));
    }
  }

  private void check(ConsumerRecord<byte[], byte[]> record, OutboxRecord event) {
    String key = new String(record.key(), StandardCharsets.US_ASCII);
    if (!key.equals("channel/" + event.feedId())) {
      oddities.add("%s of channel %d has key %s".formatted(place(record), event.feedId(), key));
    }
    int first = partitions.computeIfAbsent(event.feedId(), id -> record.partition());
    if (first != record.partition()) {
      oddities.add(
          "%s of channel %d lies outside partition %d"
              .formatted(place(record), event.feedId(), first));
    }
    long inside = event.event().getSeq();
    long posted = event.event().getMessagePosted().getSeq();
    if (event.event().getChannelId() != event.feedId()
        || inside != event.seq()
        || posted != event.seq()) {
      oddities.add(
          "%s of channel %d says seq %d, %d and %d"
              .formatted(place(record), event.feedId(), event.seq(), inside, posted));
    }
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return "record %d/%d".formatted(record.partition(), record.offset());
  }

  /** All messages of a channel that were read, in the order of the topic, repeated ones as well. */
  List<Ledger.Entry> messages(long channel) {
    return List.copyOf(events.getOrDefault(channel, List.of()));
  }

  /** The last seq of a channel that was read; 0 when there is none. */
  long lastSeq(long channel) {
    return events.getOrDefault(channel, List.of()).stream()
        .mapToLong(Ledger.Entry::seq)
        .max()
        .orElse(0);
  }

  /** What no record may be: unreadable, of another key or partition, at odds with itself. */
  List<String> oddities() {
    return List.copyOf(oddities);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
