package chat.starling.channel.ownership;

import chat.starling.platform.ring.Shard;
import org.jspecify.annotations.Nullable;

/**
 * The row of shard_owner of one shard. Its history is a line: claimed under epoch e, given up under
 * epoch e, claimed under epoch e + 1. A crash leaves out the giving up.
 *
 * @param epoch rises by one with every claim; 0 when nobody ever claimed the shard
 * @param owner who claimed it under this epoch; null once it was given up
 */
public record ShardOwner(Shard shard, long epoch, @Nullable Incarnation owner) {

  /** Into how many parts the rows are divided; each is read as a whole. */
  public static final int SLICES = 64;

  /** The row of a shard that nobody ever claimed. */
  public static ShardOwner none(Shard shard) {
    return new ShardOwner(shard, 0, null);
  }

  /** The slice in which the shard's row is, 0 to 63: neighbouring shards are in different ones. */
  public static int slice(Shard shard) {
    return shard.index() % SLICES;
  }

  ShardOwner claimedBy(Incarnation claimer) {
    return new ShardOwner(shard, epoch + 1, claimer);
  }

  ShardOwner givenUp() {
    return new ShardOwner(shard, epoch, null);
  }

  boolean isBy(@Nullable Incarnation other) {
    return owner != null && owner.equals(other);
  }

  /** Whether this row comes later in the shard's history. */
  boolean isAfter(ShardOwner other) {
    return epoch > other.epoch || (epoch == other.epoch && owner == null && other.owner != null);
  }
}
