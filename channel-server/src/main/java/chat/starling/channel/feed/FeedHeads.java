package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import java.util.concurrent.CompletionStage;

/** The head of every feed, a lower bound that spares readers the walk from the log's beginning. */
public interface FeedHeads {

  /** The last head written; {@link FeedHead#NONE} when there is none. */
  CompletionStage<FeedHead> read(FeedId feed);

  /**
   * Writes a head. Of two heads the one with the larger seq stays, in whatever order they arrive.
   */
  CompletionStage<Void> write(FeedId feed, FeedHead head);
}
