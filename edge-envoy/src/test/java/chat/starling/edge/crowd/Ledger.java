package chat.starling.edge.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Message;
import chat.starling.api.v1.Sent;
import java.util.ArrayList;
import java.util.Collections;
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
public final class Ledger {

  /**
   * One message as somebody saw it.
   *
   * @param seq its place in its channel
   * @param messageId its id
   * @param text what it says
   */
  public record Entry(long seq, long messageId, String text) {

    /** As a reader was given it. */
    public static Entry of(Message message) {
      return new Entry(message.getSeq(), message.getMessageId(), message.getText());
    }

    /** As a sender was told of it. */
    public static Entry of(Sent sent, String text) {
      return new Entry(sent.getSeq(), sent.getMessageId(), text);
    }
  }

  private final Map<Long, Map<Long, Entry>> acked = new ConcurrentHashMap<>();
  private final Map<Long, Set<String>> unknown = new ConcurrentHashMap<>();
  private final Map<String, Map<Long, List<Entry>>> seen = new ConcurrentHashMap<>();

  /**
   * A sender got its ack.
   *
   * @throws AssertionError when another message was acked in that place
   */
  public void acked(long channel, Entry entry) {
    Entry before =
        acked.computeIfAbsent(channel, c -> new ConcurrentHashMap<>()).put(entry.seq(), entry);
    if (before != null) {
      throw new AssertionError(
          "two messages acked as " + channel + "/" + entry.seq() + ": " + before + ", " + entry);
    }
  }

  /** A sender was told that nobody knows: the message is there once, or never. */
  public void unknown(long channel, String text) {
    unknown.computeIfAbsent(channel, c -> ConcurrentHashMap.newKeySet()).add(text);
  }

  /** The texts in a channel of which nobody knows. */
  public Set<String> unknown(long channel) {
    return Set.copyOf(unknown.getOrDefault(channel, Set.of()));
  }

  /** A viewer was shown a message; one viewer's calls come from one thread. */
  public void seen(String viewer, long channel, Entry entry) {
    seen.computeIfAbsent(viewer, v -> new ConcurrentHashMap<>())
        .computeIfAbsent(channel, c -> Collections.synchronizedList(new ArrayList<>()))
        .add(entry);
  }

  /** How many messages were acked in all channels. */
  public long ackedCount() {
    return acked.values().stream().mapToLong(Map::size).sum();
  }

  /** What was acked in a channel, in order of seq. */
  public List<Entry> acked(long channel) {
    return List.copyOf(new TreeMap<>(acked.getOrDefault(channel, Map.of())).values());
  }

  /** How many messages the viewer was shown in the channel. */
  public int seenCount(String viewer, long channel) {
    return seen.getOrDefault(viewer, Map.of()).getOrDefault(channel, List.of()).size();
  }

  /** What the viewer was shown in the channel, in that order. */
  public List<Entry> seen(String viewer, long channel) {
    List<Entry> shown = seen.getOrDefault(viewer, Map.of()).getOrDefault(channel, List.of());
    return List.of(shown.toArray(Entry[]::new));
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
    assertThat(seen(viewer, channel))
        .as("%s in channel %s", viewer, channel)
        .isEqualTo(acked(channel));
  }
}
