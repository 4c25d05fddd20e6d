package chat.starling.channel.relay;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;

/**
 * One subscription of one gateway, or of one relay, to one feed. Its methods are called by the
 * feed's loop.
 */
public interface FeedSubscriber {

  /** Who asks; the same at all times. */
  default Asker asker() {
    return Asker.PLAIN;
  }

  /** The process that subscribes; 0 for one that does not ask to be trusted. */
  default long process() {
    return 0;
  }

  /**
   * May go by what it has applied, for so long after {@code askedAt} by its own clock.
   *
   * @param askedAt as it gave it
   */
  default void trusted(long askedAt, long millis) {}

  /** The subscription stands; events follow from the one after {@code fromSeq}. */
  void added(long lastSeq, long fromSeq);

  /** There will be no subscription. */
  void refused(Reason reason);

  /** There will be one at another server, asked for at this stage. Only for who follows that. */
  void referred(String serverId, Stage stage);

  /** The next event; the same object goes to every subscriber. */
  void event(SubscribeResponse event);
}
