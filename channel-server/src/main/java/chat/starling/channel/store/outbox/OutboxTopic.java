package chat.starling.channel.store.outbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of the outbox: taken as it is, or made when there is none. */
final class OutboxTopic {

  private static final Logger log = LoggerFactory.getLogger(OutboxTopic.class);

  private final String name;
  private final int partitions;
  private final short replication;

  OutboxTopic(OutboxSettings settings) {
    name = settings.topic();
    partitions = settings.partitions();
    replication = (short) settings.replication();
  }

  /**
   * Returns once the topic is there; blocks for the request timeout at most, for each of two
   * requests.
   *
   * @throws KafkaException if Kafka does not answer or refuses
   */
  void require(Admin admin) throws InterruptedException {
    try {
      var found = answer(admin.describeTopics(List.of(name)).allTopicNames());
      found.forEach((topic, what) ->
          log.info("topic {} is there, {} partitions", topic, what.partitions().size()));
    } catch (UnknownTopicOrPartitionException e) {
      make(admin);
    }
  }

  private void make(Admin admin) throws InterruptedException {
    NewTopic topic = new NewTopic(name, partitions, replication);
    if (replication > 2) {
      // Otherwise an event could be acked by the one copy that is lost next.
      topic.configs(Map.of(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2"));
    }
    try {
      answer(admin.createTopics(List.of(topic)).all());
      log.info("topic {} made, {} partitions, replication {}", name, partitions, replication);
    } catch (TopicExistsException e) {
      log.info("topic {} was made by somebody else just now", name);
    }
  }

  private static <T> T answer(KafkaFuture<T> question) throws InterruptedException {
    try {
      return question.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e);
    }
  }
}
