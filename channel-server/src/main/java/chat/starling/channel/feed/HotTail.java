package chat.starling.channel.feed;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a feed in memory: a run without gaps, bounded in number and bytes, except
 * that what the followers have not got yet stays. A message whose deletion is here is without its
 * text.
 */
public final class HotTail {

  private static final int INITIAL_SLOTS = 16;

  private final int maxEntries;
  private final long maxBytes;
  private @Nullable FeedEntry[] ring = new @Nullable FeedEntry[INITIAL_SLOTS];
  private long first = 1;
  private long next = 1;
  private long followed;
  private long bytes;
  private long lastDeletion;

  HotTail(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** Forgets everything; the next entry has the seq after {@code last}. */
  void reset(long last, long followed) {
    Arrays.fill(ring, null);
    first = next = last + 1;
    bytes = 0;
    lastDeletion = 0;
    this.followed = followed;
  }

  /** Adds the entry with the next seq. */
  void add(FeedEntry entry) {
    if (entry.seq() != next) {
      throw new IllegalStateException("seq: " + entry.seq() + " (expected: " + next + ")");
    }
    if (next - first == ring.length) {
      grow();
    }
    ring[slot(next++)] = entry;
    bytes += entry.event().size();
    if (entry.isDeletion()) {
      delete(entry);
    }
    trim();
  }

  private void delete(FeedEntry deletion) {
    lastDeletion = deletion.seq();
    if (deletion.deletes() >= first && deletion.deletes() < next) {
      FeedEntry before = get(deletion.deletes());
      FeedEntry after = before.without(deletion.deletion().getDeletedBy());
      ring[slot(before.seq())] = after;
      bytes += after.event().size() - before.event().size();
    }
  }

  /** Lets go of entries up to this seq as far as the bounds ask for it. */
  void followed(long seq) {
    followed = seq;
    trim();
  }

  /** The seq of the last deletion that was added; 0 when none was. */
  public long lastDeletion() {
    return lastDeletion;
  }

  /** The smallest seq held; {@link #next} when nothing is held. */
  public long first() {
    return first;
  }

  /** The seq after the largest held. */
  public long next() {
    return next;
  }

  /** The entry of a seq in {@code first..next-1}. */
  public FeedEntry get(long seq) {
    FeedEntry entry = seq < first || seq >= next ? null : ring[slot(seq)];
    if (entry == null) {
      throw new IllegalArgumentException(
          "seq: " + seq + " (expected: " + first + ".." + next + ")");
    }
    return entry;
  }

  /** The entries {@code from..to-1}, all of which must be held, in rising order. */
  public List<FeedEntry> slice(long from, long to) {
    FeedEntry[] entries = new FeedEntry[Math.toIntExact(to - from)];
    Arrays.setAll(entries, i -> get(from + i));
    return List.of(entries);
  }

  private void trim() {
    while (first <= followed && first < next && (next - first > maxEntries || bytes > maxBytes)) {
      bytes -= get(first).event().size();
      ring[slot(first++)] = null;
    }
  }

  private void grow() {
    @Nullable FeedEntry[] larger = new @Nullable FeedEntry[ring.length * 2];
    for (long seq = first; seq < next; seq++) {
      larger[(int) (seq & (larger.length - 1))] = ring[slot(seq)];
    }
    ring = larger;
  }

  private int slot(long seq) {
    return (int) (seq & (ring.length - 1));
  }
}
