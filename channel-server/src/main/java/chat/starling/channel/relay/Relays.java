package chat.starling.channel.relay;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.platform.ids.FeedId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The feeds that this server passes on for others. A feed comes from the server that the referral
 * named; when that one has no more of it, is gone, or has left out an event, the relay ends, and
 * whoever subscribed here asks the owner again. Confined to one loop.
 */
public final class Relays {

  /** The streams to the servers above. */
  public interface Upstream {

    /** Subscribes at a server; false when it cannot be called. */
    boolean add(String serverId, FeedId feed, OptionalLong afterSeq, Stage stage);

    /** Ends a subscription; events that are under way may still come. */
    void remove(String serverId, FeedId feed);
  }

  private final Map<FeedId, RelayedFeed> feeds = new HashMap<>();
  private final RelayRules rules;
  private final RelayBounds bounds;
  private final Upstream upstream;

  /** No feeds yet. */
  public Relays(RelayRules rules, RelayBounds bounds, Upstream upstream) {
    this.rules = rules;
    this.bounds = bounds;
    this.upstream = upstream;
  }

  /**
   * Adds a subscriber, the first one of a feed after asking for it above. A referral under a later
   * owner ends what came from an earlier one.
   */
  public void subscribe(FeedId id, Stage stage, OptionalLong afterSeq, FeedSubscriber subscriber) {
    RelayedFeed feed = feeds.get(id);
    if (feed != null && feed.stage().epoch() < stage.epoch()) {
      end(id, Reason.REASON_NOT_OWNER);
      feed = null;
    }
    if (feed == null && begin(id, stage, afterSeq)) {
      feed = feeds.get(id);
    }
    if (feed == null || isNoParentOf(subscriber.asker(), feed)) {
      subscriber.refused(Reason.REASON_NOT_OWNER);
    } else {
      feed.add(subscriber, afterSeq);
    }
  }

  /** Takes a subscriber away, whether or not it is there. */
  public void unsubscribe(FeedId id, FeedSubscriber subscriber) {
    RelayedFeed feed = feeds.get(id);
    if (feed != null) {
      feed.remove(subscriber);
    }
  }

  /** The server above follows up. */
  public void added(String from, FeedId id, long fromSeq) {
    RelayedFeed feed = feeds.get(id);
    if (feed == null || !feed.stage().parent().equals(from)) {
      upstream.remove(from, id);
    } else if (!feed.added(fromSeq)) {
      end(id, Reason.REASON_NOT_OWNER);
    }
  }

  /** An event came from above. */
  public void event(String from, FeedId id, SubscribeResponse event) {
    RelayedFeed feed = feeds.get(id);
    if (feed != null && feed.stage().parent().equals(from) && !feed.event(event)) {
      end(id, Reason.REASON_NOT_OWNER);
    }
  }

  /**
   * The server above has no subscription for this one, or not any more. Unless it is the cursor
   * that is wrong, the owner itself is to be asked.
   */
  public void refused(String from, FeedId id, Reason reason) {
    RelayedFeed feed = feeds.get(id);
    if (feed != null && feed.stage().parent().equals(from)) {
      boolean ahead = reason == Reason.REASON_CURSOR_AHEAD;
      end(id, ahead ? reason : Reason.REASON_NOT_OWNER);
    }
  }

  /** The stream to a server is gone, and all that came on it. */
  public void down(String serverId) {
    List.copyOf(feeds.keySet())
        .forEach(id -> {
          RelayedFeed feed = feeds.get(id);
          if (feed != null && feed.stage().parent().equals(serverId)) {
            feeds.remove(id);
            feed.refuseAll(Reason.REASON_NOT_OWNER);
          }
        });
  }

  /** Ends the feeds that nobody has subscribed to since this was called last. */
  public void tick() {
    List.copyOf(feeds.keySet())
        .forEach(id -> {
          RelayedFeed feed = feeds.get(id);
          if (feed != null && feed.idles()) {
            end(id, Reason.REASON_NOT_OWNER);
          }
        });
  }

  /** Feeds that are passed on now. */
  public int size() {
    return feeds.size();
  }

  private boolean begin(FeedId id, Stage stage, OptionalLong afterSeq) {
    if (feeds.size() >= bounds.maxFeeds()
        || stage.isOwner()
        || stage.path().contains(rules.serverId())) {
      return false;
    }
    feeds.put(id, new RelayedFeed(id, stage, rules, bounds));
    boolean asked = upstream.add(stage.parent(), id, RelayedFeed.lead(afterSeq), stage.above());
    if (!asked) {
      feeds.remove(id);
    }
    return asked;
  }

  /**
   * A relay is always further from the owner than the server that it subscribes at. By names alone
   * three could each wait for the next one.
   */
  private static boolean isNoParentOf(Asker asker, RelayedFeed feed) {
    return asker.isRelay() && asker.stage().isAbove(feed.stage());
  }

  private void end(FeedId id, Reason reason) {
    RelayedFeed feed = feeds.remove(id);
    if (feed != null) {
      upstream.remove(feed.stage().parent(), id);
      feed.refuseAll(reason);
    }
  }
}
