package chat.starling.channel.owner;

import chat.starling.platform.ring.Shard;

/** Who serves the shards that a server comes to own, and lets go of those that it loses. */
public interface ShardKeeper {

  /** The shard is this server's from now on, under this epoch. */
  void opened(Shard shard, long epoch);

  /** Take nothing new of the shard; {@code finished} is run once nothing of it is in flight. */
  void finish(Shard shard, Runnable finished);

  /** The shard is gone without warning. */
  void lost(Shard shard);
}
