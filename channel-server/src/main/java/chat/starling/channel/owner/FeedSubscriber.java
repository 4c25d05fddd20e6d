package chat.starling.channel.owner;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;

/** One subscription of one gateway to one feed. Its methods are called by the feed's loop. */
public interface FeedSubscriber {

  /** The subscription stands; events follow from the one after {@code fromSeq}. */
  void added(long lastSeq, long fromSeq);

  /** There will be no subscription. */
  void refused(Reason reason);

  /** The next event; the same object goes to every subscriber. */
  void event(SubscribeResponse event);
}
