package chat.starling.channel.history;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The history of one channel in memory that counts its queries and may hold its answers back. */
final class CountedView implements HistoryView {

  private final NavigableMap<Long, NavigableMap<Long, StoredMessage>> buckets = new TreeMap<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holds;
  private boolean fails;
  private int queries;

  void add(StoredMessage message) {
    buckets
        .computeIfAbsent(TimeBucket.of(message.messageId()), bucket -> new TreeMap<>())
        .put(message.messageId(), message);
  }

  /** Answers nothing from now on until {@link #release}. */
  void hold() {
    holds = true;
  }

  void release() {
    holds = false;
    while (!held.isEmpty()) {
      held.removeFirst().run();
    }
  }

  /** Lets all queries fail, or none. */
  void fail(boolean all) {
    fails = all;
  }

  /** How many queries there were since this was last asked. */
  int queries() {
    int counted = queries;
    queries = 0;
    return counted;
  }

  @Override
  public CompletionStage<Void> open(long channelId, long bucket) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> write(long channelId, long bucket, List<StoredMessage> messages) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> delete(
      long channelId, long bucket, StoredMessage tombstone, long deletedBy) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<Deleted>> deleted(long channelId, long bucket, long from, long last) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<Long>> bucketsBackward(long channelId, long from, int limit) {
    return answer(
        () -> buckets.headMap(from, true).descendingKeySet().stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<Long>> bucketsForward(long channelId, long from, int limit) {
    return answer(() -> buckets.tailMap(from, true).keySet().stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<StoredMessage>> below(
      long channelId, long bucket, long id, int limit) {
    return answer(() ->
        messages(bucket).headMap(id, false).descendingMap().values().stream()
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<List<StoredMessage>> between(
      long channelId, long bucket, long from, long end, int limit) {
    return answer(() ->
        from >= end
            ? List.of()
            : messages(bucket).subMap(from, true, end, false).values().stream()
                .limit(limit)
                .toList());
  }

  private NavigableMap<Long, StoredMessage> messages(long bucket) {
    return buckets.getOrDefault(bucket, new TreeMap<>());
  }

  private <T> CompletionStage<T> answer(Supplier<T> query) {
    queries++;
    CompletableFuture<T> answer = new CompletableFuture<>();
    held.add(() -> {
      if (fails) {
        answer.completeExceptionally(new IllegalStateException("store fault"));
      } else {
        answer.complete(query.get());
      }
    });
    if (!holds) {
      release();
    }
    return answer;
  }
}
