package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The marks of feeds that are being written or whose followers lag: one for each feed and epoch.
 *
 * <p>A stamp, 1 to 2^62, decides between changes of one mark, whatever the order in which they
 * arrive: the largest stays. A mark that was taken away may come back if a change with a smaller
 * stamp arrives more than an hour late; who then looks at the feed finds it done.
 */
public interface OpenMarks {

  /** All marks of one feed, of every epoch, read by quorum; in rising order of epochs. */
  CompletionStage<List<OpenMark>> ofFeed(FeedId feed);

  /** The feeds of a shard that have a mark, by quorum; each feed once. */
  CompletionStage<List<FeedId>> ofShard(Shard shard);

  /**
   * Puts or renews a mark; completes once it is durable. Of a put and a delete of one mark the one
   * with the larger stamp stays.
   */
  CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp);

  /** Takes the mark of an epoch away. */
  CompletionStage<Void> delete(FeedId feed, long epoch, long stamp);
}
