package chat.starling.channel.owner;

import chat.starling.platform.ring.Shard;

/**
 * Two who serve the same shards. A shard that moves is finished by the first, and only then by the
 * second.
 */
public record ShardKeepers(ShardKeeper first, ShardKeeper second) implements ShardKeeper {

  @Override
  public void opened(Shard shard, long epoch) {
    first.opened(shard, epoch);
    second.opened(shard, epoch);
  }

  @Override
  public void finish(Shard shard, Runnable finished) {
    first.finish(shard, () -> second.finish(shard, finished));
  }

  @Override
  public void lost(Shard shard) {
    first.lost(shard);
    second.lost(shard);
  }
}
