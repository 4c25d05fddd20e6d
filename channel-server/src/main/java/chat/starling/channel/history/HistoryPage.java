package chat.starling.channel.history;

import java.util.List;

/**
 * A page of messages, oldest first.
 *
 * @param hasOlder there are messages before the first
 * @param hasNewer there are messages after the last
 */
public record HistoryPage(List<StoredMessage> messages, boolean hasOlder, boolean hasNewer) {

  public HistoryPage {
    messages = List.copyOf(messages);
  }
}
