package chat.starling.channel.ownership;

import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to {@link Ownership}. Answers carry the effect that they answer. */
public sealed interface Event {

  /** Time has passed; comes at least every 50 ms. */
  record Tick() implements Event {}

  /** A lease row; null when the store did not say. */
  record LeaseRead(Effect.ReadLease request, @Nullable LeaseRow row) implements Event {}

  /** The outcome of a change of a lease row. */
  record LeaseReplaced(Effect.ReplaceLease request, Outcome<LeaseRow> outcome) implements Event {}

  /** The ring; null when the store did not say. */
  record RingRead(Effect.ReadRing request, @Nullable RingView view) implements Event {}

  /** The outcome of a change of the ring. */
  record RingReplaced(Effect.ReplaceRing request, Outcome<RingView> outcome) implements Event {}

  /** The rows of a slice that are there; null when the store did not say. */
  record SliceRead(Effect.ReadSlice request, @Nullable List<ShardOwner> rows) implements Event {}

  /** The outcome of a claim or a release. */
  record OwnerReplaced(Effect.ReplaceOwner request, Outcome<ShardOwner> outcome) implements Event {}

  /** Somebody passed on a view. */
  record ViewHeard(RingView view) implements Event {}

  /** Nothing of the shard that {@link Effect.Finish} named is in flight any more. */
  record Finished(Shard shard) implements Event {}

  /** Somebody asked this server for a feed of the shard, which is not its own. */
  record Sought(Shard shard) implements Event {}

  /** The server shall give up its shards, leave the ring and end. */
  record Stop() implements Event {}
}
