package chat.starling.channel.history;

import chat.starling.api.v1.MessageDeleted;
import chat.starling.channel.feed.FeedEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest messages of a channel at one moment, out of its owner's memory: a run without gaps
 * that ends with the last acked one.
 *
 * @param messages oldest first
 * @param whole whether there is nothing before them
 * @param deleted older messages of whose deletion the history view may not know yet, by id, and who
 *     deleted them
 * @param state changes whenever something is deleted
 */
public record RecentMessages(
    List<FeedEntry> messages, boolean whole, Map<Long, Long> deleted, ViewState state) {

  /** Of a channel in which nothing was deleted. */
  RecentMessages(List<FeedEntry> messages, boolean whole) {
    this(messages, whole, Map.of(), ViewState.UNCHANGED);
  }

  /**
   * What a run of events says.
   *
   * @param tail without gaps up to the last acked event, oldest first
   * @param whole whether there is nothing before them
   */
  public static RecentMessages of(List<FeedEntry> tail, boolean whole, ViewState state) {
    if (state.lastDeletion() == 0) {
      return new RecentMessages(tail, whole, Map.of(), state);
    }
    return new RecentMessages(
        tail.stream().filter(FeedEntry::posts).toList(), whole, deletedBy(tail), state);
  }

  /** Whose messages these events delete, by id, and who deleted them. */
  public static Map<Long, Long> deletedBy(List<FeedEntry> events) {
    Map<Long, Long> deleted = new HashMap<>();
    for (FeedEntry event : events) {
      if (event.isDeletion()) {
        MessageDeleted deletion = event.deletion();
        deleted.putIfAbsent(deletion.getMessageId(), deletion.getDeletedBy());
      }
    }
    return deleted;
  }

  /** The messages of the view, as they are when what the view does not know yet is added. */
  List<StoredMessage> shown(List<StoredMessage> ofView) {
    if (deleted.isEmpty()) {
      return ofView;
    }
    return ofView.stream()
        .map(message -> {
          Long by = deleted.get(message.messageId());
          return by == null ? message : message.without(by);
        })
        .toList();
  }

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
