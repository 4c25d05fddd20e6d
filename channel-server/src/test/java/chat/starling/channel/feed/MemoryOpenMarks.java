package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Marks in memory, answered at once; a change can be told to fail. */
public final class MemoryOpenMarks implements OpenMarks {

  private record Key(FeedId feed, long epoch) {}

  /** What the change with the largest stamp left: a mark, or that there is none. */
  private record Cell(@Nullable OpenMark mark, long stamp) {}

  private final Map<Key, Cell> cells = new HashMap<>();
  private @Nullable Boolean failNext;

  /** Lets the next change fail; it is done all the same, or never. */
  public void failNextChange(boolean done) {
    failNext = done;
  }

  @Override
  public CompletionStage<List<OpenMark>> ofFeed(FeedId feed) {
    return CompletableFuture.completedStage(
        marks(feed).sorted(Comparator.comparingLong(OpenMark::epoch)).toList());
  }

  @Override
  public CompletionStage<List<FeedId>> ofShard(Shard shard) {
    return CompletableFuture.completedStage(
        cells.keySet().stream()
            .map(Key::feed)
            .distinct()
            .filter(feed -> Shard.of(feed).equals(shard) && marks(feed).findAny().isPresent())
            .toList());
  }

  @Override
  public CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp) {
    return change(new Key(feed, mark.epoch()), new Cell(mark, stamp));
  }

  @Override
  public CompletionStage<Void> delete(FeedId feed, long epoch, long stamp) {
    return change(new Key(feed, epoch), new Cell(null, stamp));
  }

  private Stream<OpenMark> marks(FeedId feed) {
    return cells.entrySet().stream()
        .filter(entry -> entry.getKey().feed().equals(feed))
        .map(entry -> entry.getValue().mark())
        .filter(Objects::nonNull);
  }

  private CompletionStage<Void> change(Key key, Cell cell) {
    Boolean fails = failNext;
    failNext = null;
    if (fails == null || fails) {
      cells.merge(key, cell, (old, now) -> now.stamp() > old.stamp() ? now : old);
    }
    return fails == null
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(new IllegalStateException("store fault"));
  }
}
