package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.ownership.Effect.ReadLease;
import chat.starling.channel.ownership.Effect.ReplaceLease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long TERM = OwnershipSimulation.SETTINGS.lease().toNanos();
  private static final LeaseRow BEGUN = new LeaseRow(1, 40, false);
  private static final Outcome<LeaseRow> APPLIED = new Outcome.Applied<>();
  private static final Outcome<LeaseRow> UNKNOWN = new Outcome.Unknown<>();

  private final List<Effect> effects = new ArrayList<>();
  private final Lease lease =
      new Lease("a", 40, OwnershipSimulation.SETTINGS, Rules.ALL, effects::add);

  private Lease begun() {
    lease.begin(LeaseRow.NONE, 0);
    lease.answer(APPLIED, 10);
    return lease;
  }

  @Test
  void begin_applied_isValidForATermFromItsSending() {
    assertThat(begun().validAt(TERM - 1)).isTrue();
    assertThat(lease.validAt(TERM)).isFalse();
    assertThat(effects)
        .containsExactly(new ReplaceLease("a", LeaseReader.HOLDER, LeaseRow.NONE, BEGUN));
  }

  @Test
  void begin_anotherProcessWasFaster_isNotHeldAndMayTryAgain() {
    lease.begin(LeaseRow.NONE, 0);
    lease.answer(new Outcome.Refused<>(new LeaseRow(1, 77, false)), 10);
    assertThat(lease.stage()).isEqualTo(Lease.Stage.NONE);
    assertThat(lease.beginning()).isFalse();
    assertThat(lease.validAt(11)).isFalse();
  }

  @Test
  void renewal_appliedLate_countsFromItsSending() {
    begun().tick(2 * SECOND);
    lease.answer(APPLIED, 4 * SECOND);
    assertThat(lease.validAt(2 * SECOND + TERM - 1)).isTrue();
    assertThat(lease.validAt(2 * SECOND + TERM)).isFalse();
  }

  @Test
  void renewal_unknownThenSeenLanded_countsFromItsFirstSending() {
    begun().tick(SECOND);
    lease.answer(UNKNOWN, 2 * SECOND);
    lease.tick(2 * SECOND);
    assertThat(effects.getLast()).isEqualTo(new ReadLease("a", LeaseReader.HOLDER));
    lease.read(BEGUN.renewed(), 3 * SECOND);
    assertThat(lease.validAt(SECOND + TERM - 1)).isTrue();
    assertThat(lease.validAt(SECOND + TERM)).isFalse();
  }

  @Test
  void renewal_unknownThenNotThere_isSentAgainTheSame() {
    begun().tick(SECOND);
    Effect sent = effects.getLast();
    lease.answer(UNKNOWN, 2 * SECOND);
    lease.tick(2 * SECOND);
    lease.read(BEGUN, 3 * SECOND);
    assertThat(effects.getLast()).isEqualTo(sent);
    lease.answer(new Outcome.Refused<>(BEGUN.renewed()), 4 * SECOND);
    assertThat(lease.stage()).isEqualTo(Lease.Stage.HELD);
    assertThat(lease.validAt(SECOND + TERM)).isFalse();
  }

  @Test
  void lease_ranOutUnfenced_isRenewed() {
    begun().tick(10 * SECOND);
    assertThat(lease.validAt(10 * SECOND)).isFalse();
    lease.answer(APPLIED, 11 * SECOND);
    assertThat(lease.validAt(11 * SECOND)).isTrue();
  }

  @Test
  void lease_fenced_isGoneForEver() {
    begun().tick(SECOND);
    lease.answer(new Outcome.Refused<>(BEGUN.fence()), SECOND + 1);
    assertThat(lease.stage()).isEqualTo(Lease.Stage.GONE);
    assertThat(lease.validAt(SECOND + 2)).isFalse();
    effects.clear();
    lease.tick(5 * SECOND);
    assertThat(effects).isEmpty();
  }

  @Test
  void close_renewalInFlight_fencesItselfAfterIt() {
    begun().tick(SECOND);
    lease.close();
    assertThat(lease.validAt(SECOND)).isFalse();
    lease.answer(APPLIED, SECOND + 1);
    assertThat(lease.validAt(SECOND + 1)).isFalse();
    lease.tick(SECOND + 2);
    assertThat(effects.getLast())
        .isEqualTo(
            new ReplaceLease("a", LeaseReader.HOLDER, BEGUN.renewed(), BEGUN.renewed().fence()));
    lease.answer(APPLIED, SECOND + 3);
    assertThat(lease.stage()).isEqualTo(Lease.Stage.CLOSED);
  }
}
