package chat.starling.channel.ownership;

import chat.starling.platform.ring.Shard;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which shards this server has and under which epoch, for any thread to read without a lock. Being
 * in here is one half of owning; the other is {@link Ownership#validAt}.
 */
public final class OwnedShards {

  private final AtomicLongArray epochs = new AtomicLongArray(Shard.COUNT);

  /** The epoch under which the server has the shard; 0 when it has not. */
  public long epochOf(Shard shard) {
    return epochs.get(shard.index());
  }

  /** How many shards the server has. */
  public int count() {
    int count = 0;
    for (int i = 0; i < Shard.COUNT; i++) {
      count += epochs.get(i) == 0 ? 0 : 1;
    }
    return count;
  }

  void put(Shard shard, long epoch) {
    epochs.set(shard.index(), epoch);
  }

  void remove(Shard shard) {
    epochs.set(shard.index(), 0);
  }
}
