package chat.starling.channel.store.outbox;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Makes producers. */
@FunctionalInterface
interface ProducerSource {

  /**
   * A new producer whose topic is there; blocks until Kafka has said so, for a bounded time.
   *
   * @throws KafkaException if Kafka does not answer or refuses
   */
  Producer<byte[], byte[]> open() throws InterruptedException;
}
