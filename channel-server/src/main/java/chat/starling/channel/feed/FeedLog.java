package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The durable log of all feeds, whose rows include what former owners wrote too late. */
public interface FeedLog {

  /** Seqs that one partition of the log holds. */
  int BUCKET_SIZE = 1024;

  /** The partition of a seq. */
  static long bucketOf(long seq) {
    return seq / BUCKET_SIZE;
  }

  /**
   * Completes once the rows are durable, all of which lie in one bucket. When it fails, any of them
   * may be durable nevertheless; writing the same rows again changes nothing.
   *
   * @param rows one or more
   */
  CompletionStage<Void> write(FeedId feed, List<LogRow> rows);

  /**
   * Rows in rising order of (seq, epoch), from these two on, of this seq's bucket only.
   *
   * @param limit at most so many rows; fewer come only when the bucket has no more
   */
  CompletionStage<List<LogRow>> read(FeedId feed, long fromSeq, long fromEpoch, int limit);
}
