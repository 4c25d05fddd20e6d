package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where every acked event goes for others to consume: at least once, the first occurrences of a
 * feed's events in rising seq.
 */
public interface FeedOutbox {

  /** Where nobody consumes: whatever is handed over counts as arrived. */
  FeedOutbox NONE =
      new FeedOutbox() {
        @Override
        public CompletionStage<Void> publish(FeedId feed, List<FeedEntry> run) {
          return CompletableFuture.completedStage(null);
        }
      };

  /**
   * Hands a run over. Completes once all of it is durable there; fails when that is not certain,
   * and then the same run, perhaps with more behind it, is handed over again. Of one feed the next
   * run comes only after the answer to the last. Never blocks the caller.
   *
   * @param run acked events in rising seq without gaps, at least one
   */
  CompletionStage<Void> publish(FeedId feed, List<FeedEntry> run);
}
