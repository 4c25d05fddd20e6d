package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.feed.EpochStarts.Start;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthWalkTest {

  private static final EpochStarts STARTS =
      new EpochStarts(2, List.of(new Start(3, 1, 0), new Start(5, 4, 0)));

  @Test
  void row_ofTheEpochThatStartsLast_isTheTruth() {
    TruthWalk walk = TruthWalk.unsettled(STARTS, 1);
    assertThat(walk.take(1, 3)).isTrue();
    assertThat(walk.take(2, 3)).isTrue();
    assertThat(walk.take(3, 3)).isTrue();
    assertThat(walk.take(4, 5)).isTrue();
    assertThat(walk.next()).isEqualTo(5);
  }

  @Test
  void row_ofAFormerOwnerBehindTheNextStart_isNot() {
    TruthWalk walk = TruthWalk.unsettled(STARTS, 4);
    assertThat(walk.take(4, 3)).isFalse();
    assertThat(walk.take(4, 5)).isTrue();
    assertThat(walk.take(5, 3)).isFalse();
  }

  @Test
  void row_behindAGap_isNot() {
    TruthWalk walk = TruthWalk.unsettled(STARTS, 1);
    assertThat(walk.take(1, 3)).isTrue();
    assertThat(walk.take(3, 3)).isFalse();
    assertThat(walk.ended()).isTrue();
    assertThat(walk.take(2, 3)).isFalse();
  }

  @Test
  void gap_inASettledPart_isSteppedOver() {
    TruthWalk walk = TruthWalk.settled(STARTS, 1, 3);
    assertThat(walk.take(3, 3)).isTrue();
    assertThat(walk.take(5, 5)).isFalse();
    assertThat(walk.ended()).isTrue();
  }

  @Test
  void feed_withoutStarts_hasNoTruth() {
    assertThat(TruthWalk.unsettled(EpochStarts.NONE, 1).take(1, 3)).isFalse();
  }
}
