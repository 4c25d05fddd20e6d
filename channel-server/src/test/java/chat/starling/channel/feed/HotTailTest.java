package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HotTailTest {

  private static final int BYTES = 10;

  @Test
  void tail_followedEntries_keepsTheNewestWithinItsBounds() {
    HotTail tail = new HotTail(40, 1_000_000);
    fill(tail, 100);
    tail.followed(100);
    assertThat(tail.first()).isEqualTo(61);
    assertThat(tail.slice(61, 101))
        .extracting(FeedEntry::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(61, 100).boxed().toList());
  }

  @Test
  void tail_entriesThatFollowersLack_stay() {
    HotTail tail = new HotTail(5, 1_000_000);
    fill(tail, 100);
    assertThat(tail.first()).isEqualTo(1);
    tail.followed(7);
    assertThat(tail.first()).isEqualTo(8);
  }

  @Test
  void tail_tooManyBytes_isTrimmed() {
    HotTail tail = new HotTail(100, 3 * BYTES);
    fill(tail, 10);
    tail.followed(10);
    assertThat(tail.first()).isEqualTo(8);
  }

  @Test
  void tail_afterReset_goesOnBehindTheLast() {
    HotTail tail = new HotTail(5, 1_000_000);
    fill(tail, 3);
    tail.reset(50, 50);
    tail.add(entry(51));
    assertThat(tail.get(51).seq()).isEqualTo(51);
    assertThatThrownBy(() -> tail.get(3)).hasMessageContaining("expected: 51..");
  }

  private static void fill(HotTail tail, int count) {
    LongStream.rangeClosed(1, count).forEach(seq -> tail.add(entry(seq)));
  }

  private static FeedEntry entry(long seq) {
    return new FeedEntry(seq, seq, ByteString.copyFrom(new byte[BYTES]), ByteString.EMPTY);
  }
}
