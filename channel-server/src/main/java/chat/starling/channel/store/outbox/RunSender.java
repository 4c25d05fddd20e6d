package chat.starling.channel.store.outbox;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends waiting runs in the order in which they came, and makes a new producer whenever there is
 * none that works. Everything happens on the one thread of the executor.
 */
final class RunSender {

  private static final Logger log = LoggerFactory.getLogger(RunSender.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final int MAX_DOUBLINGS = 5;

  private final Queue<Run> waiting;
  private final ProducerSource source;
  private final String topic;
  private final ScheduledExecutorService thread;
  private volatile @Nullable OrderedProducer producer;
  private int failures;
  private boolean pausing;
  private volatile boolean ended;

  /**
   * @param waiting filled by others
   * @param thread the one that calls this
   */
  RunSender(
      Queue<Run> waiting, ProducerSource source, String topic, ScheduledExecutorService thread) {
    this.waiting = waiting;
    this.source = source;
    this.topic = topic;
    this.thread = thread;
  }

  /** Sends all that waits, as soon as there is a producer; makes one also when nothing waits. */
  void drain() {
    OrderedProducer to = ready();
    while (to != null) {
      Run run = waiting.poll();
      if (run == null) {
        return;
      }
      to.send(run);
      to = ready();
    }
  }

  /**
   * Sends no more, and waits so long for what is under way. Another thread may call this when the
   * sender's own has stopped, or has not in time.
   */
  void end(Duration patience) {
    ended = true;
    OrderedProducer last = producer;
    if (last != null) {
      last.close(patience);
    }
  }

  /** A producer that works; null when there is none now, and then this is tried again later. */
  private @Nullable OrderedProducer ready() {
    OrderedProducer last = producer;
    if (last != null && !last.isBroken()) {
      return last;
    }
    if (ended || pausing) {
      return null;
    }
    producer = null;
    if (last != null) {
      failures = last.wasUseful() ? 0 : failures + 1;
    }
    return failures == 0 || last == null ? open() : later();
  }

  private @Nullable OrderedProducer open() {
    try {
      OrderedProducer made = new OrderedProducer(source.open(), topic);
      producer = made;
      if (ended) {
        made.close(Duration.ZERO);
      }
      return ended ? null : made;
    } catch (RuntimeException e) {
      failures++;
      // Told at the 1st, 2nd, 4th, 8th … failure: a Kafka that is away for an hour fills no log.
      if (Integer.bitCount(failures) == 1) {
        log.warn("Kafka could not be used, {} times now: {}", failures, text(e));
      }
      return later();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
      return null;
    }
  }

  private @Nullable OrderedProducer later() {
    pausing = true;
    long pause = FIRST_PAUSE_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS);
    var _ = thread.schedule(this::resume, pause, TimeUnit.MILLISECONDS);
    return null;
  }

  private static String text(Throwable fault) {
    Throwable cause = fault.getCause();
    return cause == null ? fault.toString() : fault + ": " + cause;
  }

  private void resume() {
    pausing = false;
    drain();
  }
}
