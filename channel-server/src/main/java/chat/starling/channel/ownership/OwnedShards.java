package chat.starling.channel.ownership;

import chat.starling.platform.ring.Shard;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which shards this server has and under which epoch, and who had the others when it last looked,
 * for any thread to read without a lock. To have a shard is one half of owning it; the other is
 * {@link Ownership#validAt}.
 */
public final class OwnedShards {

  private final AtomicLongArray epochs = new AtomicLongArray(Shard.COUNT);
  private final AtomicReferenceArray<@Nullable Incarnation> holders =
      new AtomicReferenceArray<>(Shard.COUNT);
  private volatile int count;

  /** The epoch under which the server has the shard; 0 when it has not. */
  public long epochOf(Shard shard) {
    return epochs.get(shard.index());
  }

  /** Who had the shard when this server last looked; null when nobody had, or it never looked. */
  public @Nullable Incarnation holderOf(Shard shard) {
    return holders.get(shard.index());
  }

  void held(Shard shard, @Nullable Incarnation holder) {
    holders.set(shard.index(), holder);
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
