package chat.starling.channel.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads runs of messages across time buckets. Looks first where a run begins, which mostly is all
 * that it takes; beyond that it asks only for buckets that hold something, so that a silent year
 * costs nothing.
 */
final class ViewReader {

  private static final int BUCKETS_AT_ONCE = 32;

  private final HistoryView view;

  ViewReader(HistoryView view) {
    this.view = view;
  }

  /** The messages of the run in its order. */
  CompletionStage<List<StoredMessage>> read(ViewRun run) {
    return switch (run) {
      case ViewRun.Below below -> backward(below);
      case ViewRun.Between between -> forward(between);
    };
  }

  private CompletionStage<List<StoredMessage>> backward(ViewRun.Below run) {
    Walk walk =
        new Walk(
            run.limit(),
            bucket -> view.bucketsBackward(run.channelId(), bucket, BUCKETS_AT_ONCE),
            (bucket, limit) -> view.below(run.channelId(), bucket, run.id(), limit),
            -1);
    return walk.from(run.id());
  }

  private CompletionStage<List<StoredMessage>> forward(ViewRun.Between run) {
    Walk walk =
        new Walk(
            run.limit(),
            bucket -> view.bucketsForward(run.channelId(), bucket, BUCKETS_AT_ONCE),
            (bucket, limit) -> view.between(run.channelId(), bucket, run.from(), run.end(), limit),
            1);
    return walk.from(run.from());
  }

  /** Reads the rows of one bucket. */
  private interface Rows {
    CompletionStage<List<StoredMessage>> read(long bucket, int limit);
  }

  /** One walk from bucket to bucket until there are enough messages or no more buckets. */
  private static final class Walk {
    private final List<StoredMessage> found = new ArrayList<>();
    private final int limit;
    private final Function<Long, CompletionStage<List<Long>>> list;
    private final Rows rows;
    private final int step;

    Walk(int limit, Function<Long, CompletionStage<List<Long>>> list, Rows rows, int step) {
      this.limit = limit;
      this.list = list;
      this.rows = rows;
      this.step = step;
    }

    CompletionStage<List<StoredMessage>> from(long id) {
      long bucket = TimeBucket.of(id);
      if (id <= 1 || id == Long.MAX_VALUE) {
        // An end of time, where nothing is to be expected.
        return buckets(bucket);
      }
      return rows.read(bucket, limit)
          .thenCompose(first -> {
            found.addAll(first);
            return found.size() >= limit || bucket + step < 0
                ? CompletableFuture.completedStage(found)
                : buckets(bucket + step);
          });
    }

    private CompletionStage<List<StoredMessage>> buckets(long from) {
      return list.apply(from).thenCompose(buckets -> messages(buckets, 0));
    }

    private CompletionStage<List<StoredMessage>> messages(List<Long> buckets, int index) {
      if (found.size() >= limit) {
        return CompletableFuture.completedStage(found);
      }
      if (index == buckets.size()) {
        return index < BUCKETS_AT_ONCE
            ? CompletableFuture.completedStage(found)
            : buckets(buckets.getLast() + step);
      }
      return rows.read(buckets.get(index), limit - found.size())
          .thenCompose(more -> {
            found.addAll(more);
            return messages(buckets, index + 1);
          });
    }
  }
}
