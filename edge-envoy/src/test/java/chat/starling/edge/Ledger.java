package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What senders were told and viewers saw, and the proof that both are one story: every channel in
 * one order, dense, nothing lost, nothing twice.
 */
final class Ledger {

  /** One message as somebody saw it. */
  record Entry(long seq, long messageId, String text) {}

  private final Map<Long, Map<Long, Entry>> acked = new ConcurrentHashMap<>();
  private final Map<String, Map<Long, List<Entry>>> seen = new ConcurrentHashMap<>();

  /** A sender got its ack. */
  void acked(long channel, Entry entry) {
    Entry before =
        acked.computeIfAbsent(channel, c -> new ConcurrentHashMap<>()).put(entry.seq(), entry);
    if (before != null) {
      throw new AssertionError(
          "two messages acked as " + channel + "/" + entry.seq() + ": " + before + ", " + entry);
    }
  }

  /** A viewer was shown a message; one viewer's calls come from one thread. */
  void seen(String viewer, long channel, Entry entry) {
    seen.computeIfAbsent(viewer, v -> new ConcurrentHashMap<>())
        .computeIfAbsent(channel, c -> new ArrayList<>())
        .add(entry);
  }

  long ackedCount() {
    return acked.values().stream().mapToLong(Map::size).sum();
  }

  /** What was acked in a channel, in order of seq. */
  List<Entry> acked(long channel) {
    return List.copyOf(new TreeMap<>(acked.getOrDefault(channel, Map.of())).values());
  }

  /** How many messages the viewer was shown in the channel. */
  int seenCount(String viewer, long channel) {
    return seen.getOrDefault(viewer, Map.of()).getOrDefault(channel, List.of()).size();
  }

  /** The acks of a channel are 1, 2, 3 … with message ids that rise and never repeat. */
  void assertDense(long channel) {
    List<Entry> entries = acked(channel);
    Set<Long> ids = new HashSet<>();
    long lastId = 0;
    for (int i = 0; i < entries.size(); i++) {
      assertThat(entries.get(i).seq()).as("seq in channel %s", channel).isEqualTo(i + 1);
      assertThat(entries.get(i).messageId())
          .as("message id in channel %s", channel)
          .isGreaterThan(lastId);
      lastId = entries.get(i).messageId();
      ids.add(lastId);
    }
    assertThat(ids).hasSameSizeAs(entries);
  }

  /** The viewer saw exactly what was acked in the channel, once, in order of seq. */
  void assertSawAll(String viewer, long channel) {
    assertThat(seen.getOrDefault(viewer, Map.of()).getOrDefault(channel, List.of()))
        .as("%s in channel %s", viewer, channel)
        .isEqualTo(acked(channel));
  }
}
