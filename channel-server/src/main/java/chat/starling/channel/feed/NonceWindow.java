package chat.starling.channel.feed;

import chat.starling.api.v1.Message;
import chat.starling.platform.ids.Snowflake;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The nonces of the last minutes and their results, oldest first, bounded in number.
 *
 * <p>It knows every nonce since {@link #since}; what was seen before that must be looked for in the
 * log.
 */
final class NonceWindow {

  /** The first result of a nonce; pending while it is not acked. */
  record Seen(long seq, long messageId, long textHash, @Nullable PendingAppend pending) {

    boolean sameText(String text) {
      return textHash == hash(text);
    }
  }

  private final LinkedHashMap<Nonce, Seen> seen = new LinkedHashMap<>();
  private final int capacity;
  private final long windowMillis;
  private long since = Long.MAX_VALUE;
  private int evictions;

  NonceWindow(FeedBounds bounds) {
    this.capacity = bounds.maxNonces();
    this.windowMillis = bounds.nonceWindow().toMillis();
  }

  /** Forgets everything; what came before this moment is not known. */
  void reset(long sinceMillis) {
    seen.clear();
    since = sinceMillis;
  }

  @Nullable Seen find(Nonce nonce, long nowMillis) {
    Seen found = seen.get(nonce);
    boolean expired =
        found != null && found.pending() == null && created(found) < nowMillis - windowMillis;
    return expired ? null : found;
  }

  /** Whether a nonce that is not here was not used within the window. */
  boolean complete(long nowMillis) {
    return since <= nowMillis - windowMillis;
  }

  void add(Append append, PendingAppend pending, long nowMillis) {
    FeedEntry entry = pending.entry();
    seen.putLast(
        append.key(), new Seen(entry.seq(), entry.messageId(), hash(append.text()), pending));
    trim(nowMillis);
  }

  void settled(PendingAppend pending) {
    FeedEntry entry = pending.entry();
    seen.computeIfPresent(
        pending.key(),
        (key, old) ->
            old.pending() == pending
                ? new Seen(entry.seq(), entry.messageId(), old.textHash(), null)
                : old);
  }

  /** Adds an entry of the log that is newer than all that are here. */
  void addNewer(FeedEntry entry, long nowMillis) {
    Message message = entry.parsedMessage();
    if (message.getNonce().size() == Nonce.LENGTH) {
      seen.putLast(nonceOf(message), seenIn(entry, message));
      trim(nowMillis);
    }
  }

  /** Adds an entry of the log that is older than all that are here, if there is room for it. */
  boolean addOlder(FeedEntry entry, Message message) {
    if (seen.size() >= capacity) {
      return false;
    }
    seen.putFirst(nonceOf(message), seenIn(entry, message));
    since = entry.createdMillis();
    return true;
  }

  /** Everything within the window is here now. */
  void completed() {
    since = Long.MIN_VALUE;
  }

  void trim(long nowMillis) {
    Iterator<Seen> oldest = seen.values().iterator();
    while (oldest.hasNext()) {
      Seen entry = oldest.next();
      boolean old = created(entry) < nowMillis - windowMillis;
      if (entry.pending() != null || !(old || seen.size() > capacity)) {
        return;
      }
      if (!old) {
        since = created(entry) + 1;
        evictions++;
      }
      oldest.remove();
    }
  }

  int size() {
    return seen.size();
  }

  /** How often a nonce was given up for want of room; what is older must not be added then. */
  int evictions() {
    return evictions;
  }

  /** The smallest seq known; {@code otherwise} when none is. */
  long firstSeq(long otherwise) {
    return seen.isEmpty() ? otherwise : seen.firstEntry().getValue().seq();
  }

  static Nonce nonceOf(Message message) {
    return Nonce.of(message.getAuthor().getUserId(), message.getNonce());
  }

  static Seen seenIn(FeedEntry entry, Message message) {
    return new Seen(entry.seq(), entry.messageId(), hash(message.getText()), null);
  }

  private static long created(Seen seen) {
    return Snowflake.epochMillis(seen.messageId());
  }

  private static long hash(String text) {
    return Hashing.sipHash24().hashString(text, StandardCharsets.UTF_8).asLong();
  }
}
