package chat.starling.channel.owner;

import chat.starling.channel.feed.EpochStarts;
import chat.starling.channel.feed.FeedEpochs;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.LogRow;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.StoredMessage;
import chat.starling.platform.ids.FeedId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of feeds in a simulated world: answers late, fails, does what it said had failed, and
 * lets writes land long after their writer is gone.
 */
final class SimStores implements FeedLog, FeedEpochs, HistoryView {

  private record Key(long seq, long epoch) {}

  private record Bucket(long channelId, long number) {}

  private static final Comparator<Key> ORDER =
      Comparator.comparingLong(Key::seq).thenComparingLong(Key::epoch);

  private final SimWorld world;
  private final Map<FeedId, NavigableMap<Key, LogRow>> log = new HashMap<>();
  private final Map<FeedId, EpochStarts> starts = new HashMap<>();
  private final Map<FeedId, FeedHead> heads = new HashMap<>();
  private final Map<Long, NavigableSet<Long>> buckets = new HashMap<>();
  private final Map<Bucket, NavigableMap<Long, StoredMessage>> view = new HashMap<>();
  private double faults;
  private @Nullable Boolean failNext;

  SimStores(SimWorld world, double faults) {
    this.world = world;
    this.faults = faults;
  }

  FeedStores asStores() {
    return new FeedStores(this, this, heads(), this);
  }

  void heal() {
    faults = 0;
  }

  /** Lets the next change fail; it is done all the same, or never. */
  void failNextChange(boolean done) {
    failNext = done;
  }

  int rows() {
    return log.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public CompletionStage<Void> write(FeedId feed, LogRow row) {
    return change(() -> rows(feed).put(new Key(row.seq(), row.epoch()), row))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<LogRow>> read(FeedId feed, long fromSeq, long fromEpoch, int limit) {
    long end = (FeedLog.bucketOf(fromSeq) + 1) * BUCKET_SIZE;
    return answer(() ->
        rows(feed)
            .subMap(new Key(fromSeq, fromEpoch), true, new Key(end, 0), false)
            .values()
            .stream()
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<EpochStarts> read(FeedId feed) {
    return answer(() -> starts(feed));
  }

  @Override
  public CompletionStage<EpochStarts> replace(FeedId feed, EpochStarts seen, EpochStarts next) {
    return change(() -> {
      if (starts(feed).version() == seen.version()) {
        starts.put(feed, next);
      }
      return starts(feed);
    });
  }

  @Override
  public CompletionStage<Void> open(long channelId, long bucket) {
    return change(() -> buckets(channelId).add(bucket)).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> write(long channelId, long bucket, List<StoredMessage> messages) {
    return change(
            () -> {
              messages.forEach(m -> messages(channelId, bucket).put(m.messageId(), m));
              return true;
            })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<Long>> bucketsBackward(long channelId, long from, int limit) {
    return answer(() ->
        buckets(channelId).headSet(from, true).descendingSet().stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<Long>> bucketsForward(long channelId, long from, int limit) {
    return answer(() -> buckets(channelId).tailSet(from, true).stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<StoredMessage>> below(
      long channelId, long bucket, long id, int limit) {
    return answer(() ->
        messages(channelId, bucket).headMap(id, false).descendingMap().values().stream()
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<List<StoredMessage>> between(
      long channelId, long bucket, long from, long end, int limit) {
    return answer(() ->
        messages(channelId, bucket).subMap(from, true, end, false).values().stream()
            .limit(limit)
            .toList());
  }

  private FeedHeads heads() {
    return new FeedHeads() {
      @Override
      public CompletionStage<FeedHead> read(FeedId feed) {
        return answer(() -> heads.getOrDefault(feed, FeedHead.NONE));
      }

      @Override
      public CompletionStage<Void> write(FeedId feed, FeedHead next) {
        return change(() -> heads.merge(feed, next, (a, b) -> a.seq() >= b.seq() ? a : b))
            .thenAccept(done -> {});
      }
    };
  }

  private NavigableMap<Key, LogRow> rows(FeedId feed) {
    return log.computeIfAbsent(feed, f -> new TreeMap<>(ORDER));
  }

  private EpochStarts starts(FeedId feed) {
    return starts.getOrDefault(feed, EpochStarts.NONE);
  }

  private NavigableSet<Long> buckets(long channelId) {
    return buckets.computeIfAbsent(channelId, c -> new TreeSet<>());
  }

  private NavigableMap<Long, StoredMessage> messages(long channelId, long bucket) {
    return view.computeIfAbsent(new Bucket(channelId, bucket), b -> new TreeMap<>());
  }

  /** A write: done, not done and failed, or failed and done long after. */
  private <T> CompletionStage<T> change(Supplier<T> effect) {
    Boolean failsNow = failNext;
    failNext = null;
    if (failsNow != null) {
      return failsNow ? answer(effect).thenCompose(done -> failed()) : failed();
    }
    if (!fails()) {
      return answer(effect);
    }
    if (world.random().nextBoolean()) {
      world.after(
          world.random().nextInt(20_000),
          () -> {
            var _ = effect.get();
          });
    }
    return failed();
  }

  private <T> CompletionStage<T> answer(Supplier<T> effect) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    world.after(
        delay(),
        () -> {
          T value = effect.get();
          world.after(delay(), () -> answer.complete(value));
        });
    return answer;
  }

  private <T> CompletionStage<T> failed() {
    CompletableFuture<T> answer = new CompletableFuture<>();
    world.after(
        delay(), () -> answer.completeExceptionally(new IllegalStateException("store fault")));
    return answer;
  }

  private boolean fails() {
    return world.random().nextDouble() < faults;
  }

  private long delay() {
    return world.random().nextInt(world.random().nextInt(20) == 0 ? 2_000 : 8);
  }
}
