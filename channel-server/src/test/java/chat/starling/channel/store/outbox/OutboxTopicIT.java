package chat.starling.channel.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.feed.FeedOutboxContract;
import chat.starling.channel.feed.FeedOutboxContract.Published;
import chat.starling.devstack.kafka.SharedKafka;
import chat.starling.platform.ids.FeedId;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class OutboxTopicIT {

  private static final FeedId FEED = FeedId.channel(1);

  private final String bootstrap =
      SharedKafka.bootstrap().getHostString() + ":" + SharedKafka.bootstrap().getPort();

  @Test
  void open_topicMissing_isMadeWithItsPartitions() throws Exception {
    publishOne("made", Map.of("partitions", "5"));
    assertThat(partitions("made")).isEqualTo(5);
  }

  @Test
  void open_topicThere_isLeftAsItIs() throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic("there", 3, (short) 1))).all().get();
    }
    publishOne("there", Map.of("partitions", "5"));
    assertThat(partitions("there")).isEqualTo(3);
  }

  @Test
  void topic_removedUnderTheOutbox_isMadeAgain() throws Exception {
    Map<String, String> impatient = Map.of("delivery-timeout", "2s", "request-timeout", "1s");
    OutboxSettings settings = TestOutbox.settings(SharedKafka.bootstrap(), "removed", impatient);
    try (KafkaOutbox outbox = KafkaOutbox.open(settings, TestOutbox.NO_METER)) {
      TestOutbox.answer(outbox.publish(FEED, FeedOutboxContract.run(FEED, 1, 1)));
      try (Admin admin = admin()) {
        admin.deleteTopics(List.of("removed")).all().get();
      }
      var publisher = new FeedPublisher(outbox, FEED, 1, 10);
      TestOutbox.answer(publisher.publishAll());
    }
    assertThat(new TopicReader(SharedKafka.bootstrap(), "removed").published(FEED))
        .extracting(Published::seq)
        .endsWith(8L, 9L, 10L);
  }

  private static void publishOne(String topic, Map<String, String> more) {
    OutboxSettings settings = TestOutbox.settings(SharedKafka.bootstrap(), topic, more);
    try (KafkaOutbox outbox = KafkaOutbox.open(settings, TestOutbox.NO_METER)) {
      TestOutbox.answer(outbox.publish(FEED, FeedOutboxContract.run(FEED, 1, 1)));
    }
  }

  private int partitions(String topic) throws Exception {
    try (Admin admin = admin()) {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .mapToInt(found -> found.partitions().size())
          .sum();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap, "enable.metrics.push", false));
  }
}
