package chat.starling.channel.feed;

import chat.starling.api.v1.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks in the log, from new to old, for the nonces of retries that memory does not reach back to.
 */
final class RetrySearch {

  private final Map<Nonce, List<Append>> wanted = new HashMap<>();
  private final List<Append> late = new ArrayList<>();
  private boolean merging;
  private int evictions;
  private long below;

  boolean running() {
    return below > 0;
  }

  int waiting() {
    return wanted.values().stream().mapToInt(List::size).sum() + late.size();
  }

  /** Begins below this seq. */
  void begin(Append append, long belowSeq, NonceWindow window) {
    below = belowSeq;
    merging = true;
    evictions = window.evictions();
    want(append);
  }

  /** Remembers a retry that came when the search was under way. */
  void later(Append append) {
    late.add(append);
  }

  long below() {
    return below;
  }

  /**
   * Goes through entries right below {@link #below}, given in rising order.
   *
   * @return whether older entries have to be looked at
   */
  boolean take(List<FeedEntry> entries, long oldestMillis, NonceWindow window, Hits hits) {
    for (FeedEntry entry : entries.reversed()) {
      if (entry.createdMillis() < oldestMillis) {
        return false;
      }
      look(entry, window, hits);
      below = entry.seq();
    }
    return !entries.isEmpty() && below > 1;
  }

  /** Ends the search. */
  Rest end(NonceWindow window) {
    if (merging && evictions == window.evictions()) {
      window.completed();
    }
    List<Append> unfound = new ArrayList<>();
    wanted.values().forEach(unfound::addAll);
    Rest rest = new Rest(unfound, List.copyOf(late));
    wanted.clear();
    late.clear();
    below = 0;
    return rest;
  }

  /**
   * What a search leaves.
   *
   * @param unfound retries that none had come before
   * @param late retries that came when the search was under way
   */
  record Rest(List<Append> unfound, List<Append> late) {}

  /** Takes what was found. */
  interface Hits {
    void found(Append retry, NonceWindow.Seen first);
  }

  private void want(Append append) {
    wanted.computeIfAbsent(append.key(), key -> new ArrayList<>(1)).add(append);
  }

  private void look(FeedEntry entry, NonceWindow window, Hits hits) {
    Message message = entry.parsedMessage();
    if (message.getNonce().size() != Nonce.LENGTH) {
      return;
    }
    merging = merging && evictions == window.evictions() && window.addOlder(entry, message);
    List<Append> retries = wanted.remove(NonceWindow.nonceOf(message));
    if (retries != null) {
      retries.forEach(retry -> hits.found(retry, NonceWindow.seenIn(entry, message)));
    }
  }
}
