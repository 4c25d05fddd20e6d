package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfirmationsTest {

  private static final long TRUST = 100;

  private final Confirmations confirmations = new Confirmations(TRUST);

  private boolean reached(long seq, long now) {
    boolean reached = confirmations.reached(now) >= seq;
    assertThat(confirmations.remaining(seq, now) <= 0).isEqualTo(reached);
    return reached;
  }

  @Test
  void nobody_isWaitedForByNobody() {
    assertThat(reached(7, 0)).isTrue();
  }

  @Test
  void act_isReached_onceAllWhoAreTrustedGoByIt() {
    confirmations.applied(1, 6, 6, 0);
    confirmations.applied(2, 6, 6, 0);
    assertThat(reached(7, 10)).isFalse();
    confirmations.applied(1, 7, 6, 10);
    assertThat(confirmations.behind(7, 10)).containsExactly(2L);
    confirmations.applied(2, 7, 6, 20);
    assertThat(reached(7, 20)).isTrue();
  }

  @Test
  void oneWhoIsSilent_isWaitedForUntilHisTrustEnds() {
    confirmations.applied(1, 6, 6, 0);
    assertThat(confirmations.remaining(7, 40)).isEqualTo(60);
    assertThat(reached(7, TRUST)).isTrue();
  }

  @Test
  void oneWhoHasLeft_isNotWaitedFor() {
    confirmations.applied(1, 6, 6, 0);
    confirmations.left(1);
    assertThat(reached(7, 1)).isTrue();
  }

  @Test
  void oneWhoLacksWhatOthersMayKnow_isNotTrusted() {
    confirmations.applied(1, 6, 6, 0);
    assertThat(confirmations.applied(1, 6, 7, 50)).isFalse();
    assertThat(reached(7, TRUST)).as("trusted no longer than before").isTrue();
  }

  @Test
  void oneWhoBeginsBehindTheOthers_isWaitedForAMoment_once() {
    assertThat(confirmations.applied(1, 5, 6, 0)).isFalse();
    assertThat(reached(6, 1)).isFalse();
    assertThat(confirmations.applied(1, 5, 6, 5)).isFalse();
    assertThat(reached(6, TRUST / 10)).as("5 did not count").isTrue();
    assertThat(confirmations.applied(1, 5, 6, 20)).isFalse();
    assertThat(reached(6, 20)).as("not again").isTrue();
    confirmations.joined(1);
    assertThat(confirmations.applied(1, 5, 6, 30)).isFalse();
    assertThat(reached(6, 30)).as("he has begun anew").isFalse();
    assertThat(confirmations.applied(1, 6, 6, 31)).isTrue();
  }

  @Test
  void oneWhoIsHeardOf_isNotTrustedForLonger() {
    confirmations.applied(1, 6, 6, 0);
    confirmations.heard(1, 7);
    confirmations.heard(2, 7);
    assertThat(reached(7, 50)).isTrue();
    assertThat(confirmations.remaining(8, 50)).isEqualTo(50);
  }

  @Test
  void oneWhoIsGivenUp_isNotTrustedAnewUntilHeBeginsAnew() {
    confirmations.applied(1, 6, 6, 0);
    confirmations.giveUp(1);
    assertThat(confirmations.applied(1, 7, 6, 50)).isFalse();
    confirmations.joined(1);
    assertThat(confirmations.applied(1, 7, 6, 60)).isTrue();
  }

  @Test
  void formerOwnersTrust_isWaitedOut() {
    confirmations.formerOwnerUntil(TRUST);
    assertThat(reached(1, TRUST - 1)).isFalse();
    assertThat(confirmations.isEmpty(TRUST - 1)).isFalse();
    assertThat(reached(1, TRUST)).isTrue();
    assertThat(confirmations.isEmpty(TRUST)).isTrue();
  }
}
