package chat.starling.channel.ownership;

import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;

/** What {@link Ownership} wants done. Each {@link Ask} is answered by exactly one event. */
public sealed interface Effect {

  /** Something that the store is asked. */
  sealed interface Ask extends Effect {}

  /** Something that the rest of the server is told. */
  sealed interface Tell extends Effect {}

  /** {@link LeaseStore#read}; answered by {@link Event.LeaseRead}. */
  record ReadLease(String serverId, LeaseReader reader) implements Ask {}

  /** {@link LeaseStore#replace}; answered by {@link Event.LeaseReplaced}. */
  record ReplaceLease(String serverId, LeaseReader reader, LeaseRow seen, LeaseRow next)
      implements Ask {}

  /** {@link RingStore#read}; answered by {@link Event.RingRead}. */
  record ReadRing() implements Ask {}

  /** {@link RingStore#replace}; answered by {@link Event.RingReplaced}. */
  record ReplaceRing(RingView seen, RingView next) implements Ask {}

  /** {@link ShardOwnerStore#read}; answered by {@link Event.SliceRead}. */
  record ReadSlice(int slice) implements Ask {}

  /** {@link ShardOwnerStore#replace}; answered by {@link Event.OwnerReplaced}. */
  record ReplaceOwner(ShardOwner seen, ShardOwner next) implements Ask {}

  /** A newer view was learned: pass it on to everybody who holds a stream to this server. */
  record NewView(RingView view) implements Tell {}

  /** The shard is this server's from now on, under this epoch. */
  record Opened(Shard shard, long epoch) implements Tell {}

  /**
   * The shard moves: take nothing new, finish what is in flight, then say {@link Event.Finished}.
   */
  record Finish(Shard shard, long epoch) implements Tell {}

  /** The shard is not this server's any more, without warning: drop what it holds of it. */
  record Lost(Shard shard, long epoch) implements Tell {}

  /**
   * This incarnation was fenced and is over; every shard is lost with it. The server starts again
   * as another incarnation, with a new {@link Ownership}.
   */
  record Gone() implements Tell {}

  /** The server has left the ring in good order and may stop. */
  record Left() implements Tell {}
}
