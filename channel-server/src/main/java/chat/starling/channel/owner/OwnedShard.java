package chat.starling.channel.owner;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.LinkedHashSet;
import java.util.Set;

/** A shard that this server has: under which epoch, and which of its feeds are awake. */
final class OwnedShard {

  private final Shard shard;
  private final long epoch;
  private final long claimed;
  private final Set<FeedId> awake = new LinkedHashSet<>();
  private boolean finishing;

  /** A shard, claimed at this time of the clock that measures. */
  OwnedShard(Shard shard, long epoch, long claimed) {
    this.shard = shard;
    this.epoch = epoch;
    this.claimed = claimed;
  }

  Shard shard() {
    return shard;
  }

  long epoch() {
    return epoch;
  }

  long claimed() {
    return claimed;
  }

  /** Its feeds that are awake; the set itself. */
  Set<FeedId> awake() {
    return awake;
  }

  /** It moves: none of its feeds is waked any more. */
  void finish() {
    finishing = true;
  }

  boolean finishing() {
    return finishing;
  }
}
