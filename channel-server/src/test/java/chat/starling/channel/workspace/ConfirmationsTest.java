package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfirmationsTest {

  private static final long TRUST = 100;

  private final Confirmations confirmations = new Confirmations(TRUST);

  @Test
  void nobody_isWaitedForByNobody() {
    assertThat(confirmations.reached(7, 0)).isTrue();
  }

  @Test
  void act_isReached_onceAllWhoAreTrustedGoByIt() {
    confirmations.applied(1, 6, 6, 0);
    confirmations.applied(2, 6, 6, 0);
    assertThat(confirmations.reached(7, 10)).isFalse();
    confirmations.applied(1, 7, 6, 10);
    assertThat(confirmations.behind(7, 10)).containsExactly(2L);
    confirmations.applied(2, 7, 6, 20);
    assertThat(confirmations.reached(7, 20)).isTrue();
  }

  @Test
  void oneWhoIsSilent_isWaitedForUntilHisTrustEnds() {
    confirmations.applied(1, 6, 6, 0);
    assertThat(confirmations.remaining(7, 40)).isEqualTo(60);
    assertThat(confirmations.reached(7, TRUST)).isTrue();
  }

  @Test
  void oneWhoHasLeft_isNotWaitedFor() {
    confirmations.applied(1, 6, 6, 0);
    confirmations.left(1);
    assertThat(confirmations.reached(7, 1)).isTrue();
  }

  @Test
  void oneWhoLacksWhatOthersMayKnow_isNotTrusted() {
    assertThat(confirmations.applied(1, 5, 6, 0)).isFalse();
    assertThat(confirmations.reached(7, 0)).isTrue();
    confirmations.applied(1, 6, 6, 0);
    assertThat(confirmations.applied(1, 6, 7, 50)).isFalse();
    assertThat(confirmations.reached(7, TRUST)).as("trusted no longer than before").isTrue();
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
    assertThat(confirmations.reached(1, TRUST - 1)).isFalse();
    assertThat(confirmations.isEmpty(TRUST - 1)).isFalse();
    assertThat(confirmations.reached(1, TRUST)).isTrue();
    assertThat(confirmations.isEmpty(TRUST)).isTrue();
  }
}
