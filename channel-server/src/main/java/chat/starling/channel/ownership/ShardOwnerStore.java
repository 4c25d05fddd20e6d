package chat.starling.channel.ownership;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The owners of all shards, changed by compare-and-set only. */
public interface ShardOwnerStore {

  /**
   * The rows of a slice, each as it was decided, but perhaps not the newest: a change whose outcome
   * is unknown may show only once it, or any other on the slice, is put again. It takes no part in
   * transactions, so that reading often holds no claim or release up. Shards that nobody ever
   * claimed are left out. Fails, at the latest after the store's timeout, when the store does not
   * say.
   *
   * @param slice 0 to {@link ShardOwner#SLICES} - 1
   */
  CompletionStage<List<ShardOwner>> read(int slice);

  /**
   * Puts {@code next} in the place of exactly {@code seen}, a row of the same shard. Never fails:
   * what cannot be known is {@link Outcome.Unknown}, at the latest after the store's timeout. Sent
   * once.
   */
  CompletionStage<Outcome<ShardOwner>> replace(ShardOwner seen, ShardOwner next);
}
