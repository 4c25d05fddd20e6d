package chat.starling.channel.owner;

import chat.starling.channel.feed.EpochStarts;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.LogRow;
import chat.starling.channel.feed.MemoryOpenMarks;
import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.feed.TruthWalk;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.ownership.MemoryOwnershipStores;
import chat.starling.channel.workspace.MemoryWorkspaces;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Everything that a simulated store holds, changed at once and by nobody but its links. */
final class SimDatabase {

  private record Key(long seq, long epoch) {}

  private record Bucket(long channelId, long number) {}

  private static final Comparator<Key> ORDER =
      Comparator.comparingLong(Key::seq).thenComparingLong(Key::epoch);

  private final Map<FeedId, NavigableMap<Key, LogRow>> log = new HashMap<>();
  private final Map<FeedId, EpochStarts> starts = new HashMap<>();
  private final Map<FeedId, FeedHead> heads = new HashMap<>();
  private final Map<Long, NavigableSet<Long>> buckets = new HashMap<>();
  private final Map<Bucket, NavigableMap<Long, StoredMessage>> view = new HashMap<>();
  private final Map<FeedId, List<FeedEntry>> outbox = new HashMap<>();
  private final MemoryOpenMarks marks = new MemoryOpenMarks();
  private final MemoryWorkspaces workspaces = new MemoryWorkspaces();
  private final MemoryOwnershipStores ownership = new MemoryOwnershipStores();
  private final Map<Long, Map<Long, StoredMessage>> viewed = new HashMap<>();
  private final IdentityHashMap<ByteString, Long> messageIds = new IdentityHashMap<>();
  private final Map<Long, Long> deletedBy = new HashMap<>();
  private Consumer<FeedId> onChange = feed -> {};

  /** Runs after every change of what is true of a feed or of where that is to be found. */
  void onChange(Consumer<FeedId> check) {
    onChange = check;
  }

  MemoryOpenMarks marks() {
    return marks;
  }

  MemoryOwnershipStores ownership() {
    return ownership;
  }

  /** The rows of workspaces. */
  MemoryWorkspaces workspaces() {
    return workspaces;
  }

  /** Something of the feed was changed in one of the parts. */
  void changed(FeedId feed) {
    onChange.accept(feed);
  }

  int rows() {
    return log.values().stream().mapToInt(Map::size).sum();
  }

  void putRow(FeedId feed, LogRow row) {
    rows(feed).put(new Key(row.seq(), row.epoch()), row);
    changed(feed);
  }

  List<LogRow> rows(FeedId feed, long fromSeq, long fromEpoch, int limit) {
    long end = (FeedLog.bucketOf(fromSeq) + 1) * FeedLog.BUCKET_SIZE;
    return rows(feed)
        .subMap(new Key(fromSeq, fromEpoch), true, new Key(end, 0), false)
        .values()
        .stream()
        .limit(limit)
        .toList();
  }

  EpochStarts starts(FeedId feed) {
    return starts.getOrDefault(feed, EpochStarts.NONE);
  }

  void putStarts(FeedId feed, EpochStarts next) {
    starts.put(feed, next);
    changed(feed);
  }

  FeedHead head(FeedId feed) {
    return heads.getOrDefault(feed, FeedHead.NONE);
  }

  void raiseHead(FeedId feed, FeedHead next) {
    heads.merge(feed, next, (a, b) -> a.seq() >= b.seq() ? a : b);
  }

  NavigableSet<Long> buckets(long channelId) {
    return buckets.computeIfAbsent(channelId, c -> new TreeSet<>());
  }

  NavigableMap<Long, StoredMessage> messages(long channelId, long bucket) {
    return view.computeIfAbsent(new Bucket(channelId, bucket), b -> new TreeMap<>());
  }

  void putMessages(long channelId, long bucket, List<StoredMessage> messages) {
    for (StoredMessage message : messages) {
      messages(channelId, bucket).put(message.messageId(), message);
      viewed(channelId).put(message.seq(), message);
    }
    changed(FeedId.channel(channelId));
  }

  /** Notes a deletion for good, and writes what is left of the message. */
  void deleteMessage(long channelId, long bucket, StoredMessage tombstone, long by) {
    deletedBy.put(tombstone.messageId(), by);
    putMessages(channelId, bucket, List.of(tombstone));
  }

  /** Who deleted the message; 0 when nobody did. */
  long deletedBy(long messageId) {
    return deletedBy.getOrDefault(messageId, 0L);
  }

  /** The message as it is read. */
  StoredMessage shown(StoredMessage message) {
    long by = deletedBy(message.messageId());
    return by == 0 ? message : message.without(by);
  }

  /** Every message of a channel that the view holds, by seq. */
  Map<Long, StoredMessage> viewed(long channelId) {
    return viewed.computeIfAbsent(channelId, c -> new TreeMap<>());
  }

  /** The message id of a row's event. */
  long messageId(LogRow row) {
    return messageIds.computeIfAbsent(
        row.event(), event -> FeedEntry.of(FeedId.channel(1), row).messageId());
  }

  /** What has been published of a feed, in the order of arrival. */
  List<FeedEntry> published(FeedId feed) {
    return outbox.computeIfAbsent(feed, f -> new ArrayList<>());
  }

  /** The truth of a feed's log by the one rule, from its beginning. */
  List<LogRow> truth(FeedId feed) {
    TruthWalk walk = TruthWalk.unsettled(starts(feed), 1);
    List<LogRow> truth = new ArrayList<>();
    for (LogRow row : rows(feed).values()) {
      if (walk.take(row.seq(), row.epoch())) {
        truth.add(row);
      }
    }
    return truth;
  }

  /** The marks on a feed. */
  List<OpenMark> marks(FeedId feed) {
    return marks.ofFeed(feed).toCompletableFuture().join();
  }

  private NavigableMap<Key, LogRow> rows(FeedId feed) {
    return log.computeIfAbsent(feed, f -> new TreeMap<>(ORDER));
  }
}
