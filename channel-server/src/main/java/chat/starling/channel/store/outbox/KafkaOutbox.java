package chat.starling.channel.store.outbox;

import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.FeedOutbox;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.settings.SettingsException;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;

/**
 * The outbox in one Kafka topic. While Kafka is away runs wait or fail, a bounded number of them
 * waits at a time, and one that finds no room is refused at once; nothing ever waits on the
 * caller's thread.
 */
public final class KafkaOutbox implements FeedOutbox, AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Queue<Run> waiting = new ConcurrentLinkedQueue<>();
  private final ScheduledThreadPoolExecutor thread = thread();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Room room;
  private final OutboxMetrics metrics;
  private final RunSender sender;

  KafkaOutbox(OutboxSettings settings, ProducerSource source, Meter meter) {
    room = new Room(settings.maxRuns(), settings.maxBytes());
    metrics = new OutboxMetrics(meter);
    sender = new RunSender(waiting, source, settings.topic(), thread);
    thread.execute(sender::drain);
  }

  /**
   * An outbox that makes its topic as soon as Kafka is there. Returns at once, wherever Kafka is.
   *
   * @throws SettingsException if the file of client properties is not usable
   */
  public static KafkaOutbox open(OutboxSettings settings, Meter meter) {
    return new KafkaOutbox(settings, source(settings), meter);
  }

  /** Producers of a topic that is made first if it is missing. */
  static ProducerSource source(OutboxSettings settings) {
    KafkaClients clients = KafkaClients.of(settings);
    OutboxTopic topic = new OutboxTopic(settings);
    return () -> {
      Admin admin = clients.admin();
      try {
        topic.require(admin);
      } finally {
        admin.close(Duration.ZERO);
      }
      return clients.producer();
    };
  }

  /**
   * As {@link FeedOutbox#publish}; fails with {@link RejectedExecutionException} when too much
   * waits already or the outbox is closed. The stage may complete on Kafka's own thread.
   */
  @Override
  public CompletionStage<Void> publish(FeedId feed, List<FeedEntry> entries) {
    Run run = new Run(feed, entries);
    long bytes = run.bytes();
    if (!room.take(bytes)) {
      metrics.refused();
      return CompletableFuture.failedStage(new RejectedExecutionException("outbox: " + room));
    }
    metrics.taken();
    CompletionStage<Void> settled =
        run.done().whenComplete((done, fault) -> settle(run, bytes, fault == null));
    waiting.add(run);
    try {
      thread.execute(sender::drain);
    } catch (RejectedExecutionException e) {
      run.fail(new RejectedExecutionException("outbox: closed", e));
    }
    return settled;
  }

  /**
   * Takes no more, and gives what is under way so long to reach Kafka; what has not by then fails.
   * Returns at the latest some seconds after that time.
   */
  public void close(Duration patience) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    thread.execute(() -> sender.end(patience));
    thread.shutdown();
    if (!ends(patience)) {
      thread.shutdownNow();
      var _ = ends(GRACE);
      sender.end(Duration.ZERO);
    }
    for (Run run = waiting.poll(); run != null; run = waiting.poll()) {
      run.fail(new RejectedExecutionException("outbox: closed"));
    }
  }

  /** Closes it and gives what is under way some seconds. */
  @Override
  public void close() {
    close(GRACE);
  }

  private boolean ends(Duration patience) {
    try {
      return thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void settle(Run run, long bytes, boolean published) {
    room.giveBack(bytes);
    if (published) {
      metrics.published(run.entries().size());
    } else {
      metrics.failed();
    }
  }

  private static ScheduledThreadPoolExecutor thread() {
    var thread =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("outbox").factory());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return thread;
  }
}
