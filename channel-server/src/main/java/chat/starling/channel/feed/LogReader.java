package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads runs of true entries out of a log, page by page, by the rule of {@link TruthWalk}. */
public final class LogReader {

  private static final int PAGE_ROWS = 512;

  private final FeedLog log;

  /** A reader of this log. */
  public LogReader(FeedLog log) {
    this.log = log;
  }

  /**
   * The entries {@code first..last}, all of which are known to be settled, in rising order without
   * gaps. When some have outlived their time, the run begins after them; it may be empty.
   */
  public CompletionStage<List<FeedEntry>> settled(
      FeedId feed, EpochStarts starts, long first, long last) {
    if (first > last) {
      return CompletableFuture.completedStage(List.of());
    }
    return new Run(feed, starts, TruthWalk.settled(starts, first, last), last).read();
  }

  /**
   * What the log holds of a feed: everything above its head, and up to {@code recent} entries below
   * it; marks are left out.
   */
  public CompletionStage<Recovered> recover(
      FeedId feed, EpochStarts starts, FeedHead head, int recent) {
    Run above = new Run(feed, starts, TruthWalk.unsettled(starts, head.seq() + 1), Long.MAX_VALUE);
    return settled(feed, starts, Math.max(1, head.seq() - recent + 1), head.seq())
        .thenCompose(below -> above.read().thenApply(rest -> recovered(starts, head, below, rest)));
  }

  private static Recovered recovered(
      EpochStarts starts, FeedHead head, List<FeedEntry> below, List<FeedEntry> above) {
    List<FeedEntry> entries = new ArrayList<>();
    if (!below.isEmpty() && below.getLast().seq() == head.seq()) {
      entries.addAll(below);
    }
    entries.addAll(above);
    return new Recovered(starts, head, entries, List.of());
  }

  /** One walk through the log. */
  private final class Run {
    private final FeedId feed;
    private final EpochStarts starts;
    private final TruthWalk walk;
    private final long last;
    private final List<FeedEntry> found = new ArrayList<>();

    Run(FeedId feed, EpochStarts starts, TruthWalk walk, long last) {
      this.feed = feed;
      this.starts = starts;
      this.walk = walk;
      this.last = last;
    }

    CompletionStage<List<FeedEntry>> read() {
      long from = walk.next();
      int limit = Math.clamp(last - from + 1, 1, PAGE_ROWS);
      return log.read(feed, from, starts.epochAt(from), limit)
          .thenCompose(rows -> goesOn(rows, from, limit) ? read() : result());
    }

    private CompletionStage<List<FeedEntry>> result() {
      return CompletableFuture.completedStage(found);
    }

    private boolean goesOn(List<LogRow> rows, long from, int limit) {
      rows.forEach(this::take);
      long nextBucket = FeedLog.bucketOf(from) + 1;
      boolean bucketDone = rows.size() < limit && FeedLog.bucketOf(walk.next()) < nextBucket;
      if (walk.ended() || walk.next() > last) {
        return false;
      }
      return !bucketDone || walk.skipTo(nextBucket * FeedLog.BUCKET_SIZE);
    }

    private void take(LogRow row) {
      if (row.seq() > last || !walk.take(row.seq(), row.epoch())) {
        return;
      }
      if (!found.isEmpty() && found.getLast().seq() + 1 != row.seq()) {
        found.clear();
      }
      found.add(FeedEntry.of(feed, row));
    }
  }
}
