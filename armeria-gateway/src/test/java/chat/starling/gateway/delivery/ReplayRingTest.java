package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplayRingTest {

  @Test
  void after_everythingReceived_isNothing() {
    assertThat(ring(5).after(5)).contains(List.of());
  }

  @Test
  void after_someMissed_isExactlyThose() {
    assertThat(seqs(ring(40).after(30))).containsExactlyElementsOf(range(31, 40));
  }

  @Test
  void after_asFarBackAsTheRingReaches_isTheWholeRing() {
    assertThat(seqs(ring(100).after(84))).containsExactlyElementsOf(range(85, 100));
  }

  @Test
  void after_fartherBackThanTheRingReaches_isUnknown() {
    assertThat(ring(100).after(83)).isEmpty();
  }

  @Test
  void after_moreReceivedThanSent_isUnknown() {
    assertThat(ring(5).after(6)).isEmpty();
    assertThat(ring(5).after(-1)).isEmpty();
  }

  @Test
  void skip_framesThatAreNotKept_goesOnBehindThem() {
    ReplayRing ring = ring(5);
    ring.skip(1_000);
    LongStream.rangeClosed(1, 12).mapToObj(RecordedViewer::parcel).forEach(ring::add);
    assertThat(ring.count()).isEqualTo(1_017);
    assertThat(ring.after(1_004)).isEmpty();
    assertThat(seqs(ring.after(1_005))).containsExactlyElementsOf(range(1, 12));
  }

  @Test
  void keepAfter_takesTheOthersOut_asIfTheyHadNotBeenAdded() {
    ReplayRing ring = ring(20);
    assertThat(seqs(ring.keepAfter(14, parcel -> parcel.seq() % 2 == 0)))
        .containsExactly(16L, 18L, 20L);
    assertThat(ring.count()).isEqualTo(17);
    assertThat(seqs(ring.after(15))).containsExactly(18L, 20L);
    assertThat(seqs(ring.after(12))).containsExactly(13L, 14L, 16L, 18L, 20L);
    assertThat(ring.after(3)).as("overwritten").isEmpty();
    assertThat(ring.keepAfter(3, parcel -> true)).isEmpty();
  }

  @Test
  void ring_notAPowerOfTwo_isRefused() {
    assertThatThrownBy(() -> new ReplayRing(12)).hasMessageContaining("12");
  }

  private static ReplayRing ring(int added) {
    ReplayRing ring = new ReplayRing(16);
    LongStream.rangeClosed(1, added).mapToObj(RecordedViewer::parcel).forEach(ring::add);
    return ring;
  }

  private static List<Long> seqs(Optional<List<Parcel>> parcels) {
    return parcels.orElseThrow().stream().map(Parcel::seq).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
