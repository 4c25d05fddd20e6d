package chat.starling.channel.ownership;

import static chat.starling.channel.ownership.LeaseStoreContract.now;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ring.Shard;
import org.junit.jupiter.api.Test;

/** What every store of owners does. */
abstract class ShardOwnerStoreContract {

  private static final Shard SHARD = new Shard(ShardOwner.SLICES + 5);
  private static final ShardOwner NONE = ShardOwner.none(SHARD);
  private static final ShardOwner CLAIMED = NONE.claimedBy(new Incarnation("a", 1));

  /** A store without rows. */
  abstract ShardOwnerStore store();

  @Test
  void read_noRows_isEmpty() {
    assertThat(now(store().read(5))).isEmpty();
  }

  @Test
  void replace_expectedRow_isAppliedAndReadInItsSlice() {
    ShardOwnerStore store = store();
    ShardOwner neighbour = ShardOwner.none(new Shard(5)).claimedBy(new Incarnation("b", 7));
    assertThat(now(store.replace(NONE, CLAIMED))).isEqualTo(new Outcome.Applied<>());
    now(store.replace(ShardOwner.none(neighbour.shard()), neighbour));
    assertThat(now(store.read(5))).containsExactly(neighbour, CLAIMED);
    assertThat(now(store.read(6))).isEmpty();
  }

  @Test
  void replace_shardThatMoves_isAppliedAtEachStep() {
    ShardOwnerStore store = store();
    ShardOwner next = CLAIMED.givenUp().claimedBy(new Incarnation("b", 2));
    now(store.replace(NONE, CLAIMED));
    assertThat(now(store.replace(CLAIMED, CLAIMED.givenUp()))).isEqualTo(new Outcome.Applied<>());
    assertThat(now(store.read(5))).containsExactly(CLAIMED.givenUp());
    assertThat(now(store.replace(CLAIMED.givenUp(), next))).isEqualTo(new Outcome.Applied<>());
    assertThat(now(store.read(5))).containsExactly(next);
  }

  @Test
  void replace_anotherRow_isRefusedAndShown() {
    ShardOwnerStore store = store();
    now(store.replace(NONE, CLAIMED));
    assertThat(now(store.replace(NONE, NONE.claimedBy(new Incarnation("b", 1)))))
        .isEqualTo(new Outcome.Refused<>(CLAIMED));
    assertThat(now(store.replace(CLAIMED.givenUp(), CLAIMED.claimedBy(new Incarnation("b", 1)))))
        .isEqualTo(new Outcome.Refused<>(CLAIMED));
    assertThat(now(store.read(5))).containsExactly(CLAIMED);
  }

  @Test
  void replace_rowThatIsNotThere_isRefused() {
    assertThat(now(store().replace(CLAIMED, CLAIMED.givenUp())))
        .isEqualTo(new Outcome.Refused<>(NONE));
  }
}
