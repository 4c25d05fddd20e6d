package chat.starling.channel.store.outbox;

import chat.starling.channel.feed.FeedEntry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka producer until its first failure. Whatever comes behind a record that failed is not
 * sent any more, so that no later event of a feed overtakes it: what a producer puts into Kafka of
 * a feed is a run without gaps from where it began. A new producer begins again where the failed
 * one may have stopped, which repeats events but leaves their first occurrences in order.
 */
final class OrderedProducer {

  private static final Logger log = LoggerFactory.getLogger(OrderedProducer.class);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private volatile boolean useful;

  OrderedProducer(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * Sends all of the run. Blocks while Kafka's buffer is full or the topic's partitions are not
   * known, for a bounded time.
   */
  void send(Run run) {
    for (FeedEntry entry : run.entries()) {
      Throwable before = fault.get();
      if (before != null) {
        run.fail(before);
        return;
      }
      if (!send(run, entry)) {
        return;
      }
    }
  }

  /** Sends one event; false when the run has failed with it. */
  private boolean send(Run run, FeedEntry entry) {
    try {
      var record = OutboxRecord.of(topic, run.feed(), entry);
      var _ = producer.send(record, (place, failure) -> answered(run, failure));
      return true;
    } catch (UncheckedIOException e) {
      // It never got as far as Kafka, and of this feed nothing comes behind it.
      run.fail(e);
    } catch (RuntimeException e) {
      breakOff(e);
      run.fail(e);
    }
    return false;
  }

  /** Whether it has failed and must not be used any more. */
  boolean isBroken() {
    return fault.get() != null;
  }

  /** Whether Kafka has acked anything of it. */
  boolean wasUseful() {
    return useful;
  }

  /** Waits so long for what is under way; what is not acked by then fails. */
  void close(Duration patience) {
    try {
      producer.close(patience);
    } catch (KafkaException e) {
      log.warn("the producer did not close in order: {}", e.toString());
    }
  }

  private void answered(Run run, @Nullable Exception failure) {
    if (failure == null) {
      useful = true;
      run.acked();
    } else {
      breakOff(failure);
      run.fail(failure);
    }
  }

  /**
   * Ends the producer before its thread can send another batch: this runs on that thread, or on the
   * one that would hand it more.
   */
  private void breakOff(Throwable failure) {
    if (fault.compareAndSet(null, failure)) {
      log.warn("sending is begun anew, because a record failed: {}", failure.toString());
      close(Duration.ZERO);
    }
  }
}
