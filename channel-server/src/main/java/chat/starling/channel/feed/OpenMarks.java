package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The marks of feeds that are being written or whose followers lag: one a feed and epoch. */
public interface OpenMarks {

  /** A stamp above all that an owner gives to its own marks: what it deletes is gone for good. */
  long BURIED = 1L << 62;

  /** All marks of one feed, of every epoch. */
  CompletionStage<List<OpenMark>> ofFeed(FeedId feed);

  /** The feeds of a shard that have a mark, each once, in no order. */
  CompletionStage<List<FeedId>> ofShard(Shard shard);

  /**
   * Puts or renews a mark; completes once it is durable. Of a put and a delete of one mark the one
   * with the larger stamp stays, in whatever order they arrive.
   *
   * @param stamp 1 to {@link #BURIED} - 1
   */
  CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp);

  /** Takes the mark of an epoch away. */
  CompletionStage<Void> delete(FeedId feed, long epoch, long stamp);
}
