package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import java.util.concurrent.CompletionStage;

/** The starts of every feed's epochs, changed by compare-and-set only. */
public interface FeedEpochs {

  /** The starts as they are now, by a serial read. */
  CompletionStage<EpochStarts> read(FeedId feed);

  /**
   * Replaces the starts by {@code next} if the store still holds {@code seen}. Completes with what
   * the store holds then, which is {@code next} if and only if it was replaced. Fails when neither
   * is known; {@link #read} decides then.
   */
  CompletionStage<EpochStarts> replace(FeedId feed, EpochStarts seen, EpochStarts next);
}
