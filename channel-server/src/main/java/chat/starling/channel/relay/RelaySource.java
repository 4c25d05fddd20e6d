package chat.starling.channel.relay;

import chat.starling.platform.ids.FeedId;
import java.util.OptionalLong;

/** Where feeds that other servers own are subscribed to. From any thread. */
public interface RelaySource {

  /**
   * Subscribes from the event after a seq on, or from now on.
   *
   * @param stage this server's place in the feed's tree, with a path
   */
  void subscribe(FeedId feed, Stage stage, OptionalLong afterSeq, FeedSubscriber subscriber);

  /** Ends a subscription; comes after the subscribe call of the same subscriber. */
  void unsubscribe(FeedId feed, FeedSubscriber subscriber);
}
