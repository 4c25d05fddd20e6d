package chat.starling.channel.ownership;

import chat.starling.platform.ring.Shard;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which shards this server has and under which epoch, for any thread to read without a lock. Being
 * in here is one half of owning; the other is {@link Ownership#validAt}.
 */
public final class OwnedShards {

  private final AtomicLongArray epochs = new AtomicLongArray(Shard.COUNT);
  private volatile int count;

  /** The epoch under which the server has the shard; 0 when it has not. */
  public long epochOf(Shard shard) {
    return epochs.get(shard.index());
  }

  /** How many shards the server has. */
  public int count() {
    return count;
  }

  void put(Shard shard, long epoch) {
    set(shard, epoch);
  }

  void remove(Shard shard) {
    set(shard, 0);
  }

  /** From one thread only. */
  private void set(Shard shard, long epoch) {
    long before = epochs.getAndSet(shard.index(), epoch);
    count = count + (epoch == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
  }
}
