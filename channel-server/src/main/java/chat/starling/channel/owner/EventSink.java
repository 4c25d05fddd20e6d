package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedEntry;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where a follower brings a feed's events. */
@FunctionalInterface
interface EventSink {

  /** Completes once the whole run is there; taking one again changes nothing. */
  CompletionStage<Void> take(List<FeedEntry> run);
}
