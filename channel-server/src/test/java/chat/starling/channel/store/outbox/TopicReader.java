package chat.starling.channel.store.outbox;

import chat.starling.api.internal.v1.OutboxEvent;
import chat.starling.channel.feed.FeedOutboxContract.Published;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of the outbox that reads a whole topic, as it is at the moment. */
final class TopicReader {

  private final String bootstrap;
  private final String topic;

  TopicReader(InetSocketAddress kafka, String topic) {
    this.bootstrap = kafka.getHostString() + ":" + kafka.getPort();
    this.topic = topic;
  }

  /** All records, those of a partition in order. */
  List<ConsumerRecord<byte[], byte[]>> all() {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", bootstrap, "enable.metrics.push", false, "fetch.max.wait.ms", 10);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
      }
      return all;
    }
  }

  /** The feed's records, in order. */
  List<ConsumerRecord<byte[], byte[]>> of(FeedId feed) {
    return all().stream().filter(each -> key(each).equals(key(feed))).toList();
  }

  /** All occurrences of the feed's events, in order. */
  List<Published> published(FeedId feed) {
    return of(feed).stream().map(TopicReader::published).toList();
  }

  /** For each key the seqs of its events in the order in which each came first. */
  Map<String, List<Long>> firstOccurrences() {
    Map<String, Set<Long>> seqs = new TreeMap<>();
    all()
        .forEach(each ->
            seqs.computeIfAbsent(key(each), key -> new LinkedHashSet<>())
                .add(published(each).seq()));
    Map<String, List<Long>> first = new TreeMap<>();
    seqs.forEach((key, each) -> first.put(key, List.copyOf(each)));
    return first;
  }

  /** The key of the feed's records. */
  static String key(FeedId feed) {
    return feed.kind().name().toLowerCase(Locale.ROOT) + "/" + feed.id();
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.US_ASCII);
  }

  private static Published published(ConsumerRecord<byte[], byte[]> record) {
    try {
      OutboxEvent value = OutboxEvent.parseFrom(record.value());
      return new Published(value.getSeq(), value.getEvent().toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
