package chat.starling.channel.owner;

import chat.starling.channel.feed.OpenMarks;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the feeds that somebody left open, by their marks, and has them waked, so that their
 * followers get what they lack; a few at a time. It looks at a shard when that is opened, and at
 * one shard after the other all along: a mark may arrive late, or its removal be lost.
 */
final class LeftOpen {

  private static final Logger log = LoggerFactory.getLogger(LeftOpen.class);
  private static final int AT_ONCE = 64;
  private static final int SHARDS_AT_ONCE = 16;

  /** Wakes one feed. */
  interface Wakener {
    /** Runs {@code finished} once the feed is readable, or will not be. */
    void wake(FeedId feed, Runnable finished);
  }

  private final OpenMarks marks;
  private final Loop loop;
  private final Wakener wakener;
  private final Set<Shard> later = new LinkedHashSet<>();
  private final Set<Shard> rounds = new LinkedHashSet<>();
  private final ArrayDeque<FeedId> queue = new ArrayDeque<>();
  private int waking;

  LeftOpen(OpenMarks marks, Loop loop, Wakener wakener) {
    this.marks = marks;
    this.loop = loop;
    this.wakener = wakener;
  }

  /** The shard is this server's: looks at its marks now, and from time to time. */
  void begin(Shard shard) {
    rounds.add(shard);
    look(shard);
  }

  private void look(Shard shard) {
    marks
        .ofShard(shard)
        .whenComplete((feeds, fault) ->
            loop.execute(() -> {
              if (fault == null) {
                found(feeds);
              } else {
                log.warn("the marks of {} were not read, later again: {}", shard, fault.toString());
                later(shard);
              }
            }));
  }

  /** Looks at the shard's marks when there is time and room. */
  void later(Shard shard) {
    later.add(shard);
  }

  /** The shard is not this server's any more. */
  void forget(Shard shard) {
    later.remove(shard);
    rounds.remove(shard);
  }

  /** Looks at some of the shards that were put off, and at the next one in turn. */
  void tick() {
    Iterator<Shard> next = later.iterator();
    List<Shard> due = new ArrayList<>();
    while (next.hasNext() && due.size() < SHARDS_AT_ONCE) {
      due.add(next.next());
      next.remove();
    }
    rounds.stream()
        .findFirst()
        .ifPresent(shard -> {
          rounds.remove(shard);
          rounds.add(shard);
          due.add(shard);
        });
    due.forEach(this::look);
  }

  private void found(Collection<FeedId> feeds) {
    queue.addAll(feeds);
    proceed();
  }

  private void proceed() {
    while (waking < AT_ONCE && !queue.isEmpty()) {
      waking++;
      wakener.wake(
          queue.remove(),
          () -> {
            waking--;
            loop.execute(this::proceed);
          });
    }
  }
}
