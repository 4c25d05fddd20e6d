package chat.starling.channel.ownership;

import chat.starling.platform.ring.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Owners in a map. */
final class InMemoryShardOwnerStore implements ShardOwnerStore {

  private final Map<Integer, Map<Shard, ShardOwner>> slices = new HashMap<>();

  private Map<Shard, ShardOwner> slice(int slice) {
    return slices.computeIfAbsent(slice, s -> new TreeMap<>());
  }

  @Override
  public CompletionStage<List<ShardOwner>> read(int slice) {
    return CompletableFuture.completedStage(List.copyOf(slice(slice).values()));
  }

  @Override
  public CompletionStage<Outcome<ShardOwner>> replace(ShardOwner seen, ShardOwner next) {
    Map<Shard, ShardOwner> rows = slice(ShardOwner.slice(next.shard()));
    ShardOwner current = rows.getOrDefault(next.shard(), ShardOwner.none(next.shard()));
    if (!current.equals(seen)) {
      return CompletableFuture.completedStage(new Outcome.Refused<>(current));
    }
    rows.put(next.shard(), next);
    return CompletableFuture.completedStage(new Outcome.Applied<>());
  }
}
