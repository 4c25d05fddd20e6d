package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Open marks in maps, each with the largest stamp that came. */
public final class MemoryOpenMarks implements OpenMarks {

  private record Cell(@Nullable OpenMark mark, long stamp) {}

  private final Map<FeedId, Map<Long, Cell>> cells = new HashMap<>();

  @Override
  public CompletionStage<List<OpenMark>> ofFeed(FeedId feed) {
    return CompletableFuture.completedStage(marks(feed));
  }

  @Override
  public CompletionStage<List<FeedId>> ofShard(Shard shard) {
    return CompletableFuture.completedStage(
        cells.keySet().stream()
            .filter(feed -> Shard.of(feed).equals(shard) && !marks(feed).isEmpty())
            .toList());
  }

  @Override
  public CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp) {
    return set(feed, mark.epoch(), new Cell(mark, stamp));
  }

  @Override
  public CompletionStage<Void> delete(FeedId feed, long epoch, long stamp) {
    return set(feed, epoch, new Cell(null, stamp));
  }

  private CompletionStage<Void> set(FeedId feed, long epoch, Cell cell) {
    cells
        .computeIfAbsent(feed, f -> new TreeMap<>())
        .merge(epoch, cell, (old, next) -> next.stamp() >= old.stamp() ? next : old);
    return CompletableFuture.completedStage(null);
  }

  private List<OpenMark> marks(FeedId feed) {
    return cells.getOrDefault(feed, Map.of()).values().stream()
        .flatMap(cell -> java.util.stream.Stream.ofNullable(cell.mark()))
        .toList();
  }
}
