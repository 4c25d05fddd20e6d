package chat.starling.channel.owner;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The active feeds of one loop, the least recently used first. A feed is waked by its first use and
 * forgotten when nobody has used it for a while, or earlier when there is no room for another.
 */
final class FeedTable {

  private static final int LOOKED_AT_FOR_ROOM = 64;
  private static final float LOAD = 0.75f;

  private final FeedContext context;
  private final Loop loop;
  private final LinkedHashMap<FeedId, ActiveFeed> feeds = new LinkedHashMap<>(64, LOAD, true);
  private boolean stopping;

  FeedTable(FeedContext context, Loop loop) {
    this.context = context;
    this.loop = loop;
  }

  /** The feed, waked if need be; empty when there is no room for it. */
  Optional<ActiveFeed> get(FeedId id) {
    ActiveFeed feed = feeds.get(id);
    if (feed != null) {
      return Optional.of(feed);
    }
    return stopping || !makeRoom() ? Optional.empty() : Optional.of(wake(id));
  }

  /** The feed if it is awake. */
  Optional<ActiveFeed> awake(FeedId id) {
    return Optional.ofNullable(feeds.get(id));
  }

  /** Lets feeds do what they have to do now and then, and forgets those that nobody uses. */
  void tick() {
    long idleSince = context.clock().millis() - context.bounds().idle().toMillis();
    Iterator<ActiveFeed> all = feeds.values().iterator();
    while (all.hasNext()) {
      ActiveFeed feed = all.next();
      if (feed.dispensable() && feed.lastUsedMillis() <= idleSince) {
        forget(feed, all);
      } else {
        feed.tick();
      }
    }
  }

  /** Wakes no more feeds; true once nothing is under way in any. */
  boolean stop() {
    stopping = true;
    feeds.values().forEach(ActiveFeed::tick);
    return feeds.values().stream().allMatch(ActiveFeed::settled);
  }

  /** Stops asking the store. */
  void end() {
    feeds.values().forEach(ActiveFeed::end);
  }

  int size() {
    return feeds.size();
  }

  /** Why {@link #get} was empty. */
  Refusal noRoom() {
    return stopping
        ? Refuse.because(Reason.REASON_UNAVAILABLE).message("this server is stopping").build()
        : Refuse.because(Reason.REASON_OVERLOADED)
            .message("too many feeds are active")
            .retryAfter(Duration.ofSeconds(1))
            .build();
  }

  private ActiveFeed wake(FeedId id) {
    ActiveFeed feed = new ActiveFeed(id, context, loop);
    feeds.put(id, feed);
    context.metrics().active(1);
    feed.recover();
    return feed;
  }

  private boolean makeRoom() {
    if (feeds.size() < context.bounds().maxActive()) {
      return true;
    }
    Iterator<ActiveFeed> oldest = feeds.values().iterator();
    for (int i = 0; i < LOOKED_AT_FOR_ROOM && oldest.hasNext(); i++) {
      ActiveFeed feed = oldest.next();
      if (feed.dispensable()) {
        forget(feed, oldest);
        return true;
      }
    }
    return false;
  }

  private void forget(ActiveFeed feed, Iterator<ActiveFeed> at) {
    at.remove();
    feed.end();
    context.metrics().active(-1);
  }
}
