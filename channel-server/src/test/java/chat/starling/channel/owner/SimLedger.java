package chat.starling.channel.owner;

import chat.starling.channel.feed.Appended;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.LogRow;
import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.history.StoredMessage;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated cluster has promised to anybody, and the invariants that hold after every step.
 * Their names are those of docs/spec/Feed.tla where it has them.
 */
final class SimLedger {

  private record Shown(long messageId, ByteString event) {}

  private final SimDatabase database;
  private final List<FeedId> feeds;
  private final Map<FeedId, TreeMap<Long, Long>> acked = new HashMap<>();
  private final Map<FeedId, Map<Long, Shown>> shown = new HashMap<>();
  private final Map<ByteString, Appended> results = new HashMap<>();
  private @Nullable AssertionError broken;

  SimLedger(SimDatabase database, List<FeedId> feeds) {
    this.database = database;
    this.feeds = feeds;
    feeds.forEach(feed -> {
      acked.put(feed, new TreeMap<>());
      shown.put(feed, new HashMap<>());
    });
    database.onChange(this::check);
  }

  /** A server acked a message: invariants OneNoncePerSeq and OneSeqPerNonce. */
  void acked(FeedId feed, ByteString nonce, Appended result) {
    Appended first = results.putIfAbsent(nonce, result);
    require(
        first == null || (first.seq() == result.seq() && first.messageId() == result.messageId()),
        "OneSeqPerNonce",
        first + " and " + result);
    Long other = of(acked, feed).put(result.seq(), result.messageId());
    require(
        other == null || other == result.messageId(),
        "OneNoncePerSeq",
        feed + "/" + result.seq() + " is " + other + " and " + result.messageId());
    check(feed);
  }

  /** A reader was shown an event: all readers agree. */
  void shown(FeedId feed, long seq, long messageId, ByteString event) {
    Shown now = new Shown(messageId, event);
    Shown first = of(shown, feed).putIfAbsent(seq, now);
    require(first == null || first.equals(now), "ReadersAgree", feed + "/" + seq);
    check(feed);
  }

  int acks() {
    return results.size();
  }

  /** The result of a nonce that somebody was told of. */
  boolean knows(ByteString nonce) {
    return results.containsKey(nonce);
  }

  /** The message ids that were acked in a feed so far. */
  Set<Long> ackedIds(FeedId feed) {
    return Set.copyOf(of(acked, feed).values());
  }

  /** Somebody saw an invariant broken where nobody would hear of an exception. */
  void broken(String invariant, String what) {
    if (broken == null) {
      broken = new AssertionError(invariant + " does not hold: " + what);
    }
  }

  private void check(FeedId feed) {
    List<LogRow> truth = database.truth(feed);
    neverLost(feed, truth);
    outbox(feed, truth);
    nothingForgotten(feed);
  }

  /**
   * Invariants NeverLost and Dense: every acked or shown event is the truth, with all before it.
   */
  private void neverLost(FeedId feed, List<LogRow> truth) {
    of(acked, feed)
        .forEach((seq, messageId) ->
            require(
                seq <= truth.size() && database.messageId(truth.get((int) (seq - 1))) == messageId,
                "NeverLost",
                feed + "/" + seq + " was acked, the truth has " + truth.size() + " events"));
    of(shown, feed)
        .forEach((seq, event) ->
            require(
                seq <= truth.size() && truth.get((int) (seq - 1)).event().equals(event.event()),
                "NeverLost",
                feed + "/" + seq + " was shown"));
  }

  /** Invariants OnlyTruthDelivered and InOrder. */
  private void outbox(FeedId feed, List<LogRow> truth) {
    long last = 0;
    for (FeedEntry entry : database.published(feed)) {
      require(entry.seq() <= last + 1, "InOrder", feed + "/" + entry.seq() + " after " + last);
      require(
          entry.seq() <= truth.size()
              && truth.get((int) (entry.seq() - 1)).event().equals(entry.event()),
          "OnlyTruthDelivered",
          feed + "/" + entry.seq());
      last = Math.max(last, entry.seq());
    }
  }

  /** Invariant NothingForgotten: what a follower lacks can be found by an open mark. */
  private void nothingForgotten(FeedId feed) {
    long last = lastPromised(feed);
    List<OpenMark> marks = database.marks(feed);
    long published = database.published(feed).stream().mapToLong(FeedEntry::seq).max().orElse(0);
    require(
        published >= last || marks.stream().anyMatch(mark -> mark.outboxSeq() <= published),
        "NothingForgotten",
        feed + "/" + (published + 1) + " is not in the outbox, and no mark leads to it");
    long viewed = viewed(feed);
    require(
        viewed >= last || marks.stream().anyMatch(mark -> mark.historySeq() <= viewed),
        "NothingForgotten",
        feed + "/" + (viewed + 1) + " is not in the view, and no mark leads to it");
  }

  /** The last seq that anybody was told of. */
  private long lastPromised(FeedId feed) {
    long last = of(acked, feed).isEmpty() ? 0 : of(acked, feed).lastKey();
    return Math.max(last, of(shown, feed).keySet().stream().mapToLong(seq -> seq).max().orElse(0));
  }

  private long viewed(FeedId feed) {
    long seq = 0;
    Map<Long, StoredMessage> all = database.viewed(feed.id());
    while (all.containsKey(seq + 1)) {
      seq++;
    }
    return seq;
  }

  /** In the end followers have everything and nothing is left open. */
  void requireDone() {
    for (FeedId feed : feeds) {
      check(feed);
      int size = database.truth(feed).size();
      require(viewed(feed) == size, "Done", feed + ": the view has " + viewed(feed));
      require(
          database.published(feed).stream().mapToLong(FeedEntry::seq).max().orElse(0) == size,
          "Done",
          feed + ": the outbox lacks events");
      require(database.marks(feed).isEmpty(), "Done", feed + " is open: " + database.marks(feed));
    }
  }

  private static <T> T of(Map<FeedId, T> map, FeedId feed) {
    return Objects.requireNonNull(map.get(feed));
  }

  /** The first broken invariant is remembered, since a future would swallow the exception. */
  private void require(boolean holds, String invariant, String what) {
    if (!holds) {
      broken(invariant, what);
    }
    throwBroken();
  }

  /** Throws what was found so far. */
  void throwBroken() {
    if (broken != null) {
      throw broken;
    }
  }
}
