package chat.starling.channel.store.outbox;

import chat.starling.channel.feed.FeedOutbox;
import chat.starling.channel.feed.FeedOutboxContract;
import chat.starling.platform.ids.FeedId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Publishes a feed as its owner does: one run at a time, and a failed one again with more behind
 * it.
 */
final class FeedPublisher {

  private final FeedOutbox outbox;
  private final FeedId feed;
  private final int runLength;
  private final long last;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long durable;

  /** Publishes seq 1 to last in runs of this length, longer after a failure. */
  FeedPublisher(FeedOutbox outbox, FeedId feed, int runLength, long last) {
    this.outbox = outbox;
    this.feed = feed;
    this.runLength = runLength;
    this.last = last;
  }

  /** Completes once all is published, however often runs fail. */
  CompletionStage<Void> publishAll() {
    return publishFrom(1, runLength);
  }

  /** The last seq that the outbox has for certain. */
  long durable() {
    return durable;
  }

  /** How many runs have failed. */
  int failures() {
    return failures.get();
  }

  private CompletionStage<Void> publishFrom(long first, int length) {
    long end = Math.min(last, first + length - 1);
    return outbox
        .publish(feed, FeedOutboxContract.run(feed, first, end))
        .handle((done, fault) -> fault == null ? next(end) : again(first, length))
        .thenCompose(rest -> rest);
  }

  private CompletionStage<Void> next(long end) {
    durable = end;
    return end == last
        ? CompletableFuture.completedStage(null)
        : later(() -> publishFrom(end + 1, runLength), 0);
  }

  private CompletionStage<Void> again(long first, int length) {
    failures.incrementAndGet();
    return later(() -> publishFrom(first, length + 1), 20);
  }

  private static CompletionStage<Void> later(Supplier<CompletionStage<Void>> what, long millis) {
    return CompletableFuture.supplyAsync(
            what, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
        .thenCompose(rest -> rest);
  }
}
