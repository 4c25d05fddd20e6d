package chat.starling.channel.feed;

import chat.starling.channel.feed.FeedOutboxContract.Published;
import chat.starling.platform.ids.FeedId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An outbox in memory, which can be away. */
public final class MemoryFeedOutbox implements FeedOutbox {

  private final Executor later;
  private final Map<FeedId, List<Published>> published = new HashMap<>();
  private @Nullable Boolean failNext;
  private boolean away;

  /** An outbox that answers at once. */
  public MemoryFeedOutbox() {
    this(Runnable::run);
  }

  /**
   * @param later when a run arrives and is answered
   */
  public MemoryFeedOutbox(Executor later) {
    this.later = later;
  }

  @Override
  public CompletionStage<Void> publish(FeedId feed, List<FeedEntry> run) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    later.execute(() -> take(feed, run, answer));
    return answer;
  }

  private synchronized void take(FeedId feed, List<FeedEntry> run, CompletableFuture<Void> answer) {
    Boolean failsNow = away ? Boolean.FALSE : failNext;
    failNext = null;
    boolean whole = failsNow == null || failsNow;
    int arriving = whole ? run.size() : away ? 0 : run.size() / 2;
    List<Published> there = published.computeIfAbsent(feed, f -> new ArrayList<>());
    run.stream()
        .limit(arriving)
        .forEach(entry -> there.add(new Published(entry.seq(), entry.event())));
    if (failsNow == null) {
      answer.complete(null);
    } else {
      answer.completeExceptionally(new IllegalStateException("outbox fault"));
    }
  }

  /** Lets the next run fail; all of it arrives all the same, or only its first half. */
  public synchronized void failNext(boolean arrives) {
    failNext = arrives;
  }

  /** Lets every run fail from now on, or none any more. */
  public synchronized void away(boolean now) {
    away = now;
  }

  /** All occurrences of the feed's events so far, in order. */
  public synchronized List<Published> published(FeedId feed) {
    return List.copyOf(published.getOrDefault(feed, List.of()));
  }
}
