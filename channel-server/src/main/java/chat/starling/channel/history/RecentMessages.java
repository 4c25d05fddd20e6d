package chat.starling.channel.history;

import chat.starling.channel.feed.FeedEntry;
import java.util.List;

/**
 * The newest messages of a channel at one moment, out of its owner's memory: a run without gaps
 * that ends with the last acked one.
 *
 * @param messages oldest first
 * @param whole whether there is nothing before them
 */
public record RecentMessages(List<FeedEntry> messages, boolean whole) {

  /** Ids from this one on are all here; those below are all in the history view, if anywhere. */
  long begin() {
    return messages.isEmpty() ? Long.MAX_VALUE : messages.getFirst().messageId();
  }

  /** Up to {@code limit} messages with ids below this one, newest first. */
  List<StoredMessage> below(long id, int limit) {
    int end = indexOf(id);
    return stored(messages.subList(Math.max(0, end - limit), end).reversed());
  }

  /** Up to {@code limit} messages with ids from this one on, oldest first. */
  List<StoredMessage> from(long id, int limit) {
    int begin = indexOf(id);
    return stored(messages.subList(begin, Math.min(messages.size(), begin + limit)));
  }

  private static List<StoredMessage> stored(List<FeedEntry> entries) {
    return entries.stream().map(StoredMessage::of).toList();
  }

  /** The index of the first message whose id is not below this one. */
  private int indexOf(long id) {
    int low = 0;
    int high = messages.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (messages.get(middle).messageId() < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
