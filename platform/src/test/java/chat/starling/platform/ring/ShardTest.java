package chat.starling.platform.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShardTest {

  @Test
  void of_feedsKnownForEver_neverChanges() {
    assertThat(Shard.of(FeedId.channel(1))).isEqualTo(new Shard(2177));
    assertThat(Shard.of(new FeedId(FeedKind.WORKSPACE, 1))).isEqualTo(new Shard(499));
    assertThat(Shard.of(new FeedId(FeedKind.USER, 1))).isEqualTo(new Shard(567));
    assertThat(Shard.of(FeedId.channel(7_300_000_000_000_000_000L))).isEqualTo(new Shard(3287));
    assertThat(Shard.of(FeedId.channel(Long.MAX_VALUE))).isEqualTo(new Shard(721));
  }

  @Test
  void of_manyFeeds_spreadsThemEvenly() {
    int[] counts = new int[Shard.COUNT];
    LongStream.rangeClosed(1, 100L * Shard.COUNT)
        .forEach(id -> counts[Shard.of(FeedId.channel(id)).index()]++);
    assertThat(IntStream.of(counts).min().orElseThrow()).isGreaterThan(50);
    assertThat(IntStream.of(counts).max().orElseThrow()).isLessThan(160);
  }

  @Test
  void shard_outOfRange_isRefused() {
    assertThatThrownBy(() -> new Shard(Shard.COUNT)).hasMessage("shard: 4096 (expected: 0..4095)");
    assertThatThrownBy(() -> new Shard(-1)).hasMessage("shard: -1 (expected: 0..4095)");
  }
}
