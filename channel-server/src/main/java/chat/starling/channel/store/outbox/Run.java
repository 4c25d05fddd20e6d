package chat.starling.channel.store.outbox;

import chat.starling.channel.feed.FeedEntry;
import chat.starling.platform.ids.FeedId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A run of a feed's events on its way to Kafka.
 *
 * @param entries in rising seq
 * @param missing how many of them Kafka has not acked yet
 * @param done completes when it has acked all, fails when one failed
 */
record Run(
    FeedId feed, List<FeedEntry> entries, AtomicInteger missing, CompletableFuture<Void> done) {

  Run(FeedId feed, List<FeedEntry> entries) {
    this(feed, List.copyOf(entries), new AtomicInteger(entries.size()), new CompletableFuture<>());
  }

  /** The bytes of its events. */
  long bytes() {
    return entries.stream().mapToLong(entry -> entry.event().size()).sum();
  }

  /** Kafka has one more of its events. */
  void acked() {
    if (missing.decrementAndGet() == 0) {
      done.complete(null);
    }
  }

  /** Whether all of it is in Kafka is not certain. */
  void fail(Throwable fault) {
    done.completeExceptionally(fault);
  }
}
