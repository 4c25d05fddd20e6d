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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The store of one feed in a simulated world: answers late, fails, does what it said had failed,
 * and lets writes land long after their writer is gone.
 */
final class SimStores implements FeedLog, FeedEpochs, HistoryView {

  private record Key(long seq, long epoch) {}

  private final SimWorld world;
  private final NavigableMap<Key, LogRow> log =
      new TreeMap<>(
          (a, b) -> a.seq != b.seq ? Long.compare(a.seq, b.seq) : Long.compare(a.epoch, b.epoch));
  private final Map<Long, NavigableMap<Long, StoredMessage>> view = new HashMap<>();
  private EpochStarts starts = EpochStarts.NONE;
  private FeedHead head = FeedHead.NONE;
  private double faults;

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

  int rows() {
    return log.size();
  }

  @Override
  public CompletionStage<Void> write(FeedId feed, LogRow row) {
    return change(() -> log.put(new Key(row.seq(), row.epoch()), row)).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<LogRow>> read(FeedId feed, long fromSeq, long fromEpoch, int limit) {
    long end = (FeedLog.bucketOf(fromSeq) + 1) * BUCKET_SIZE;
    return answer(() ->
        log.subMap(new Key(fromSeq, fromEpoch), true, new Key(end, 0), false).values().stream()
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<EpochStarts> read(FeedId feed) {
    return answer(() -> starts);
  }

  @Override
  public CompletionStage<EpochStarts> replace(FeedId feed, EpochStarts seen, EpochStarts next) {
    return change(() -> {
      compareAndSet(seen, next);
      return starts;
    });
  }

  @Override
  public CompletionStage<Void> open(long channelId, long bucket) {
    return change(() -> bucket(bucket)).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> write(long channelId, long bucket, List<StoredMessage> messages) {
    return change(
            () -> {
              messages.forEach(m -> bucket(bucket).put(m.messageId(), m));
              return true;
            })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<Long>> bucketsBackward(long channelId, long from, int limit) {
    return answer(() ->
        new TreeMap<>(view)
            .headMap(from, true).descendingMap().keySet().stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<Long>> bucketsForward(long channelId, long from, int limit) {
    return answer(
        () -> new TreeMap<>(view).tailMap(from, true).keySet().stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<StoredMessage>> below(
      long channelId, long bucket, long id, int limit) {
    return answer(() ->
        bucket(bucket).headMap(id, false).descendingMap().values().stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<StoredMessage>> between(
      long channelId, long bucket, long from, long end, int limit) {
    return answer(() ->
        bucket(bucket).subMap(from, true, end, false).values().stream().limit(limit).toList());
  }

  private FeedHeads heads() {
    return new FeedHeads() {
      @Override
      public CompletionStage<FeedHead> read(FeedId feed) {
        return answer(() -> head);
      }

      @Override
      public CompletionStage<Void> write(FeedId feed, FeedHead next) {
        return change(() -> head = next.seq() > head.seq() ? next : head).thenAccept(done -> {});
      }
    };
  }

  private NavigableMap<Long, StoredMessage> bucket(long bucket) {
    return view.computeIfAbsent(bucket, b -> new TreeMap<>());
  }

  private void compareAndSet(EpochStarts seen, EpochStarts next) {
    if (starts.version() == seen.version()) {
      starts = next;
    }
  }

  /** A write: done, not done and failed, or failed and done long after. */
  private <T> CompletionStage<T> change(Supplier<T> effect) {
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
