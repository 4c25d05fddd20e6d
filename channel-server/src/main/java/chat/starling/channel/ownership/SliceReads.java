package chat.starling.channel.ownership;

import java.util.function.Consumer;

/** When each slice of shard_owner was read last, and whether a read of it is on its way. */
final class SliceReads {

  private final Consumer<Effect> out;
  private final boolean[] asking = new boolean[ShardOwner.SLICES];
  private final boolean[] asked = new boolean[ShardOwner.SLICES];
  private final long[] begun = new long[ShardOwner.SLICES];

  SliceReads(Consumer<Effect> out) {
    this.out = out;
  }

  /** Reads the slice if the last read was begun at least {@code interval} ago and is answered. */
  void readIfDue(int slice, long interval, long now) {
    if (!asking[slice] && (!asked[slice] || now - begun[slice] >= interval)) {
      asking[slice] = true;
      asked[slice] = true;
      begun[slice] = now;
      out.accept(new Effect.ReadSlice(slice));
    }
  }

  void answered(int slice) {
    asking[slice] = false;
  }
}
