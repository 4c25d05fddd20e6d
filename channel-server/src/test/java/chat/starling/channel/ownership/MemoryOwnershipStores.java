package chat.starling.channel.ownership;

import chat.starling.platform.ring.RingView;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The three stores of ownership in maps, for simulations: each answers at once. */
public final class MemoryOwnershipStores {

  private final InMemoryLeaseStore leases = new InMemoryLeaseStore();
  private final InMemoryRingStore ring = new InMemoryRingStore();
  private final InMemoryShardOwnerStore owners = new InMemoryShardOwnerStore();

  public LeaseRow lease(String serverId) {
    return now(leases.read(serverId));
  }

  public Outcome<LeaseRow> replaceLease(String serverId, LeaseRow seen, LeaseRow next) {
    return now(leases.replace(serverId, seen, next));
  }

  public RingView ring() {
    return now(ring.read());
  }

  public Outcome<RingView> replaceRing(RingView seen, RingView next) {
    return now(ring.replace(seen, next));
  }

  public List<ShardOwner> owners(int slice) {
    return now(owners.read(slice));
  }

  public Outcome<ShardOwner> replaceOwner(ShardOwner seen, ShardOwner next) {
    return now(owners.replace(seen, next));
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
