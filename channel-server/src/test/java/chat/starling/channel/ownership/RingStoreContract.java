package chat.starling.channel.ownership;

import static chat.starling.channel.ownership.LeaseStoreContract.now;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingView;
import org.junit.jupiter.api.Test;

/** What every store of a ring does. */
abstract class RingStoreContract {

  private static final RingView ONE = RingView.EMPTY.with(member("a", 0));
  private static final RingView TWO = ONE.with(member("b", 1));

  private static Member member(String id, int worker) {
    return new Member(id, 3, id + ":7000", MemberState.ACTIVE, worker);
  }

  /** A store without a ring. */
  abstract RingStore store();

  @Test
  void read_noRing_isEmpty() {
    assertThat(now(store().read())).isEqualTo(RingView.EMPTY);
  }

  @Test
  void replace_expectedVersion_isAppliedAndRead() {
    RingStore store = store();
    assertThat(now(store.replace(RingView.EMPTY, ONE))).isEqualTo(new Outcome.Applied<>());
    assertThat(now(store.replace(ONE, TWO))).isEqualTo(new Outcome.Applied<>());
    assertThat(now(store.read())).isEqualTo(TWO);
  }

  @Test
  void replace_olderVersion_isRefusedAndShown() {
    RingStore store = store();
    now(store.replace(RingView.EMPTY, ONE));
    now(store.replace(ONE, TWO));
    assertThat(now(store.replace(ONE, ONE.with(member("c", 2)))))
        .isEqualTo(new Outcome.Refused<>(TWO));
    assertThat(now(store.replace(RingView.EMPTY, ONE))).isEqualTo(new Outcome.Refused<>(TWO));
    assertThat(now(store.read())).isEqualTo(TWO);
  }

  @Test
  void replace_ringThatIsNotThere_isRefused() {
    assertThat(now(store().replace(ONE, TWO))).isEqualTo(new Outcome.Refused<>(RingView.EMPTY));
  }
}
