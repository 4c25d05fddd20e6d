package chat.starling.edge.chaos;

import chat.starling.edge.crowd.Ledger;
import chat.starling.edge.crowd.Ledger.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what everybody was told against the history of each channel. Each contradiction becomes one
 * sentence.
 */
final class Proof {

  private static final int SHOWN = 40;

  private final Ledger ledger;
  private final Map<Long, List<Entry>> histories = new HashMap<>();
  private final Map<String, Long> channelByText = new HashMap<>();
  private final List<String> contradictions = new ArrayList<>();

  Proof(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * The history of a channel, as it reads forward and back: 1, 2, 3 …, ids that rise, every acked
   * message in its place, and of the others only such as nobody knew of, each text once anywhere.
   */
  void history(long channel, List<Entry> forward, List<Entry> backward) {
    histories.put(channel, forward);
    same("history of channel %d, backward,".formatted(channel), backward, forward);
    long lastId = 0;
    for (int i = 0; i < forward.size(); i++) {
      Entry entry = forward.get(i);
      if (entry.seq() != i + 1 || entry.messageId() <= lastId) {
        contradiction(
            "history of channel %d has at place %d: %s".formatted(channel, i + 1, shown(entry)));
      }
      lastId = entry.messageId();
      Long before = channelByText.put(entry.text(), channel);
      if (before != null) {
        contradiction("channels %d and %d both have %s".formatted(before, channel, shown(entry)));
      }
    }
    acks(channel, forward);
  }

  private void acks(long channel, List<Entry> history) {
    Map<Long, Entry> bySeq =
        history.stream().collect(Collectors.toMap(Entry::seq, entry -> entry, (a, b) -> a));
    Set<Entry> acked = new HashSet<>(ledger.acked(channel));
    for (Entry entry : acked) {
      if (!entry.equals(bySeq.get(entry.seq()))) {
        contradiction(
            "channel %d: acked was %s, there is %s"
                .formatted(channel, shown(entry), shown(bySeq.get(entry.seq()))));
      }
    }
    Set<String> unknown = ledger.unknown(channel);
    history.stream()
        .filter(entry -> !acked.contains(entry) && !unknown.contains(entry.text()))
        .forEach(entry ->
            contradiction("channel %d: nobody knows of %s".formatted(channel, shown(entry))));
  }

  /** What a viewer saw of a channel: its whole history, once and in order. */
  void viewer(String name, long channel) {
    same("%s in channel %d".formatted(name, channel), ledger.seen(name, channel), of(channel));
  }

  /**
   * What the outbox holds of a channel: its whole history, first occurrences in order, repeated
   * ones the same.
   */
  void outbox(long channel, List<Entry> occurrences) {
    List<Entry> first = new ArrayList<>();
    for (Entry entry : occurrences) {
      if (entry.seq() > first.size()) {
        first.add(entry);
      } else if (entry.seq() < 1 || !entry.equals(first.get((int) entry.seq() - 1))) {
        contradiction("the outbox has of channel %d another %s".formatted(channel, shown(entry)));
      }
    }
    same("the outbox of channel %d".formatted(channel), first, of(channel));
  }

  /** Something that is wrong by itself. */
  void contradiction(String what) {
    contradictions.add(what);
  }

  /** Everything that does not fit, in the order of its finding. */
  List<String> contradictions() {
    return List.copyOf(contradictions);
  }

  /** How long the channel's history is. */
  int length(long channel) {
    return of(channel).size();
  }

  private List<Entry> of(long channel) {
    return histories.getOrDefault(channel, List.of());
  }

  /** Names the first difference only: the others mostly follow from it. */
  private void same(String who, List<Entry> got, List<Entry> expected) {
    for (int i = 0; i < Math.max(got.size(), expected.size()); i++) {
      Entry is = i < got.size() ? got.get(i) : null;
      Entry should = i < expected.size() ? expected.get(i) : null;
      if (!Objects.equals(is, should)) {
        contradiction(
            "%s has at place %d: %s (expected: %s)"
                .formatted(who, i + 1, shown(is), shown(should)));
        return;
      }
    }
  }

  private static String shown(@Nullable Entry entry) {
    if (entry == null) {
      return "nothing";
    }
    String begin = entry.text().lines().findFirst().orElse("");
    return "%d (id %d) '%s'"
        .formatted(
            entry.seq(), entry.messageId(), begin.substring(0, Math.min(SHOWN, begin.length())));
  }
}
