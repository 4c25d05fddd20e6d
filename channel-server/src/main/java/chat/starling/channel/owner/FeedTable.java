package chat.starling.channel.owner;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Follower;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.ring.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The shards of one loop and their feeds that are awake, the least recently used first. A feed is
 * waked by its first use, or because a mark says that somebody left it open; it is forgotten when
 * nobody has used it for a while, or earlier when there is no room for another.
 */
final class FeedTable {

  private static final int LOOKED_AT_FOR_ROOM = 64;
  private static final float LOAD = 0.75f;

  private final FeedContext context;
  private final Loop loop;
  private final LinkedHashMap<FeedId, ActiveFeed> feeds = new LinkedHashMap<>(64, LOAD, true);
  private final Map<Shard, OwnedShard> shards = new HashMap<>();
  private final LeftOpen leftOpen;

  FeedTable(FeedContext context, Loop loop) {
    this.context = context;
    this.loop = loop;
    this.leftOpen = new LeftOpen(context.stores().marks(), loop, this::wake);
  }

  /** Hands the feed over, waked if need be, or the reason why it cannot be used here. */
  void use(Shard of, FeedId id, Consumer<ActiveFeed> action, Consumer<Refusal> refuse) {
    OwnedShard shard = shards.get(of);
    if (shard == null || shard.finishing()) {
      refuse.accept(context.owners().notOwner(id));
      return;
    }
    ActiveFeed feed = feeds.get(id);
    if (feed == null && !makeRoom()) {
      refuse.accept(noRoom());
      return;
    }
    action.accept(feed == null ? wake(id, shard) : feed);
  }

  /** The feed if it is awake. */
  Optional<ActiveFeed> awake(FeedId id) {
    return Optional.ofNullable(feeds.get(id));
  }

  /** The shard is this server's; feeds that somebody left open are waked and finished. */
  void open(Shard shard, long epoch) {
    lose(shard);
    shards.put(shard, new OwnedShard(shard, epoch, context.ticks().nanos()));
    leftOpen.begin(shard);
  }

  /** The epoch under which the shard is here; 0 when it is not. */
  long epochOf(Shard shard) {
    OwnedShard here = shards.get(shard);
    return here == null ? 0 : here.epoch();
  }

  /** Hurries the followers of a shard that is about to move; whether they have everything. */
  boolean caughtUp(Shard shard) {
    OwnedShard moving = shards.get(shard);
    boolean all = true;
    if (moving != null) {
      for (ActiveFeed feed : feedsOf(moving)) {
        all &= feed.caughtUp();
      }
    }
    return all;
  }

  /** The shard moves: nothing new is taken. True once nothing of it is in flight. */
  boolean finish(Shard shard) {
    OwnedShard moving = shards.get(shard);
    if (moving == null) {
      return true;
    }
    moving.finish();
    boolean done = true;
    for (ActiveFeed feed : feedsOf(moving)) {
      done &= feed.finish();
    }
    return done;
  }

  /** Whether a moving shard's followers are done too, so that its next owner finds it clean. */
  boolean clean(Shard shard) {
    OwnedShard moving = shards.get(shard);
    return moving == null || feedsOf(moving).stream().allMatch(ActiveFeed::clean);
  }

  /** The shard is not this server's any more. */
  void lose(Shard shard) {
    OwnedShard gone = shards.remove(shard);
    if (gone == null) {
      return;
    }
    leftOpen.forget(shard);
    for (ActiveFeed feed : feedsOf(gone)) {
      feeds.remove(feed.id());
      feed.lose();
      context.metrics().active(-1);
    }
  }

  /** Lets feeds do what they have to do now and then, and forgets those that nobody uses. */
  void tick() {
    long idleSince = context.clock().millis() - context.bounds().idle().toMillis();
    Iterator<ActiveFeed> all = feeds.values().iterator();
    while (all.hasNext()) {
      ActiveFeed feed = all.next();
      if (feed.clean() && feed.unfollowed() && feed.lastUsedMillis() <= idleSince) {
        forget(feed, all);
      } else {
        feed.tick();
      }
    }
    leftOpen.tick();
  }

  /** Stops asking the store. */
  void end() {
    feeds.values().forEach(ActiveFeed::end);
  }

  int size() {
    return feeds.size();
  }

  /** What operators see of the feeds here. */
  FeedLoad load() {
    FeedLoad load = FeedLoad.NONE;
    for (ActiveFeed feed : feeds.values()) {
      load =
          load.plus(
              feed.id(),
              feed.feed().settledSeq(),
              feed.feed().lag(Follower.HISTORY),
              feed.feed().lag(Follower.OUTBOX),
              !feed.clean());
    }
    return load;
  }

  private void wake(FeedId id, Runnable finished) {
    OwnedShard shard = shards.get(Shard.of(id));
    ActiveFeed feed = feeds.get(id);
    if (shard == null || shard.finishing()) {
      finished.run();
    } else if (feed != null) {
      feed.lookAtMarks();
      finished.run();
    } else if (hasRoom()) {
      wake(id, shard).visit(new Visit(finished, refusal -> finished.run()));
    } else {
      leftOpen.later(shard.shard());
      finished.run();
    }
  }

  private ActiveFeed wake(FeedId id, OwnedShard shard) {
    ActiveFeed feed = new ActiveFeed(id, shard.epoch(), shard.claimed(), context, loop);
    feeds.put(id, feed);
    shard.awake().add(id);
    context.metrics().active(1);
    feed.recover();
    return feed;
  }

  private List<ActiveFeed> feedsOf(OwnedShard shard) {
    List<ActiveFeed> found = new ArrayList<>();
    for (FeedId id : shard.awake()) {
      ActiveFeed feed = feeds.get(id);
      if (feed != null) {
        found.add(feed);
      }
    }
    return found;
  }

  private boolean makeRoom() {
    return hasRoom() || forgetOneLeftOpen();
  }

  private boolean hasRoom() {
    return feeds.size() < context.bounds().maxActive() || forgetOne(ActiveFeed::clean) != null;
  }

  /** Where everything waits for a follower, a feed that is quiet goes and leaves its mark. */
  private boolean forgetOneLeftOpen() {
    ActiveFeed gone = forgetOne(ActiveFeed::quiet);
    if (gone != null) {
      leftOpen.later(Shard.of(gone.id()));
    }
    return gone != null;
  }

  private @Nullable ActiveFeed forgetOne(Predicate<ActiveFeed> may) {
    Iterator<ActiveFeed> oldest = feeds.values().iterator();
    for (int i = 0; i < LOOKED_AT_FOR_ROOM && oldest.hasNext(); i++) {
      ActiveFeed feed = oldest.next();
      if (may.test(feed) && feed.unfollowed()) {
        forget(feed, oldest);
        return feed;
      }
    }
    return null;
  }

  private void forget(ActiveFeed feed, Iterator<ActiveFeed> at) {
    at.remove();
    OwnedShard shard = shards.get(Shard.of(feed.id()));
    if (shard != null) {
      shard.awake().remove(feed.id());
    }
    feed.end();
    context.metrics().active(-1);
  }

  private static Refusal noRoom() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .message("too many feeds are active")
        .retryAfter(Duration.ofSeconds(1))
        .build();
  }
}
