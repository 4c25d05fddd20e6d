package chat.starling.gateway.routing;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask for each shard: who last answered as its owner, for as long as it is a member of the
 * newest view, also one that drains; else whom that view names. A view says where shards go, not
 * when: until the one that has a shard gives it up, everybody else can only refuse. May be used on
 * any thread.
 */
public final class KnownOwners {

  private final KnownRing ring;
  private final AtomicReferenceArray<@Nullable Peer> answered =
      new AtomicReferenceArray<>(Shard.COUNT);

  /** Nobody has answered yet. */
  public KnownOwners(KnownRing ring) {
    this.ring = ring;
  }

  /** Whom to ask for the feed; null when nobody is known who could be called. */
  public @Nullable Peer toAsk(FeedId feed) {
    Shard shard = Shard.of(feed);
    Peer last = answered.get(shard.index());
    return last != null && ring.has(last) ? last : ring.ownerOf(shard);
  }

  /** Whom the newest view names, whoever answered before; null when nobody could be called. */
  public @Nullable Peer byTheView(FeedId feed) {
    return ring.ownerOf(Shard.of(feed));
  }

  /** The server answered as the feed's owner. One that is no member is not remembered. */
  public void answered(FeedId feed, Peer by) {
    int index = Shard.of(feed).index();
    if (by.equals(answered.get(index))) {
      return;
    }
    Peer member = ring.at(by.address());
    if (ring.has(member) && (by.serverId().isEmpty() || by.equals(member))) {
      answered.set(index, member);
    }
  }

  /** The server refused as one that is not the owner, or could not be reached. */
  public void disappointed(FeedId feed, Peer by) {
    int index = Shard.of(feed).index();
    Peer last = answered.get(index);
    if (last != null && last.address().equals(by.address())) {
      answered.compareAndSet(index, last, null);
    }
  }
}
