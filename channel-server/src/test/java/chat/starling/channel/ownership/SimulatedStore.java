package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The three stores of a simulation; each change that lands is held against the histories' rules.
 */
final class SimulatedStore {

  private final InMemoryLeaseStore leases = new InMemoryLeaseStore();
  private final InMemoryRingStore rings = new InMemoryRingStore();
  private final InMemoryShardOwnerStore owners = new InMemoryShardOwnerStore();
  private final Map<Integer, List<ShardOwner>> before = new HashMap<>();
  private final Map<Long, RingView> views = new HashMap<>();

  LeaseRow lease(String serverId) {
    return now(leases.read(serverId));
  }

  RingView ring() {
    return now(rings.read());
  }

  List<ShardOwner> slice(int slice) {
    return now(owners.read(slice));
  }

  /** A slice as a reader may find it who takes no part in transactions: before its last change. */
  List<ShardOwner> oldSlice(int slice) {
    return before.getOrDefault(slice, List.of());
  }

  List<ShardOwner> allOwners() {
    List<ShardOwner> all = new ArrayList<>();
    for (int slice = 0; slice < ShardOwner.SLICES; slice++) {
      all.addAll(slice(slice));
    }
    return all;
  }

  Outcome<LeaseRow> replaceLease(String serverId, LeaseRow seen, LeaseRow next) {
    LeaseRow before = lease(serverId);
    Outcome<LeaseRow> outcome = now(leases.replace(serverId, seen, next));
    if (outcome instanceof Outcome.Applied<LeaseRow> && before.fenced()) {
      assertThat(next.incarnation())
          .as("a fenced incarnation never renews")
          .isGreaterThan(before.incarnation());
    }
    return outcome;
  }

  Outcome<RingView> replaceRing(RingView seen, RingView next) {
    Outcome<RingView> outcome = now(rings.replace(seen, next));
    if (outcome instanceof Outcome.Applied<RingView>) {
      assertThat(next.version()).as("views follow one another").isEqualTo(seen.version() + 1);
      assertThat(views.put(next.version(), next)).as("one view a version").isNull();
    }
    return outcome;
  }

  Outcome<ShardOwner> replaceOwner(ShardOwner seen, ShardOwner next) {
    Shard shard = next.shard();
    List<ShardOwner> rows = slice(ShardOwner.slice(shard));
    ShardOwner current =
        rows.stream()
            .filter(row -> row.shard().equals(shard))
            .findFirst()
            .orElse(ShardOwner.none(shard));
    Outcome<ShardOwner> outcome = now(owners.replace(seen, next));
    if (outcome instanceof Outcome.Applied<ShardOwner>) {
      before.put(ShardOwner.slice(shard), rows);
      assertThat(next.owner() == null || next.epoch() > current.epoch())
          .as("an epoch rises with every claim")
          .isTrue();
      assertThat(next.isAfter(current)).as("a shard's history is a line").isTrue();
    }
    return outcome;
  }

  /** Whether this is the one view of its version. */
  void requireKnown(RingView view) {
    assertThat(views.get(view.version())).as("views form one history").isEqualTo(view);
  }

  private static <R> R now(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
