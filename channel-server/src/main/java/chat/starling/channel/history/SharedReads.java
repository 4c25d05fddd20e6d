package chat.starling.channel.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads equal runs once: while the first read is under way, and then for as long as each next one
 * comes within a second, so that a thousand who follow one link cost one query even if they do not
 * all ask in its two milliseconds. What lies below the hot tail never changes, so an answer stays
 * right.
 */
final class SharedReads {

  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final long MAX_BYTES = 32 << 20;

  /** What a message costs beside its bytes. */
  private static final int OVERHEAD = 96;

  private final Function<ViewRun, CompletionStage<List<StoredMessage>>> read;
  private final ConcurrentMap<ViewRun, CompletableFuture<List<StoredMessage>>> inFlight =
      new ConcurrentHashMap<>();
  private final Cache<ViewRun, List<StoredMessage>> answered;

  /**
   * @param read asks the store
   * @param clock says when a second is over
   */
  SharedReads(Function<ViewRun, CompletionStage<List<StoredMessage>>> read, InstantSource clock) {
    this.read = read;
    this.answered =
        Caffeine.newBuilder()
            .expireAfterAccess(KEPT)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .maximumWeight(MAX_BYTES)
            .weigher((ViewRun run, List<StoredMessage> found) -> weight(found))
            .executor(Runnable::run)
            .build();
  }

  /** The messages of the run in its order. */
  CompletionStage<List<StoredMessage>> read(ViewRun run) {
    List<StoredMessage> known = answered.getIfPresent(run);
    if (known != null) {
      return CompletableFuture.completedStage(known);
    }
    CompletableFuture<List<StoredMessage>> mine = new CompletableFuture<>();
    CompletableFuture<List<StoredMessage>> others = inFlight.putIfAbsent(run, mine);
    if (others != null) {
      return others;
    }
    // Another read of this run may have ended between the look at its answer and now.
    List<StoredMessage> justNow = answered.getIfPresent(run);
    if (justNow != null) {
      finish(run, mine, justNow, null);
    } else {
      read.apply(run).whenComplete((found, fault) -> finish(run, mine, found, fault));
    }
    return mine;
  }

  private void finish(
      ViewRun run,
      CompletableFuture<List<StoredMessage>> mine,
      @Nullable List<StoredMessage> found,
      @Nullable Throwable fault) {
    if (found != null) {
      answered.put(run, found);
    }
    inFlight.remove(run, mine);
    if (found != null) {
      mine.complete(found);
    } else if (fault != null) {
      mine.completeExceptionally(fault);
    }
  }

  private static int weight(List<StoredMessage> found) {
    long bytes = OVERHEAD;
    for (StoredMessage each : found) {
      bytes += each.message().size() + OVERHEAD;
    }
    return Math.clamp(bytes, 1, Integer.MAX_VALUE);
  }
}
