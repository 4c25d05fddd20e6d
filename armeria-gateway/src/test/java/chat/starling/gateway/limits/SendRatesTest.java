package chat.starling.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SendRatesTest {

  private static final Rate TWO = new Rate(2, Duration.ofSeconds(2));
  private long now;

  @Test
  void count_usersChannelsAndWorkspaces_areCountedApart() {
    SendRates rates = new SendRates(TWO, TWO, 100, () -> now);
    for (long user = 1; user <= 2; user++) {
      for (long channel = 1; channel <= 2; channel++) {
        assertThat(rates.countUser(user, channel)).isEmpty();
        assertThat(rates.countUser(user, channel)).isEmpty();
        assertThat(rates.countUser(user, channel)).isPresent();
      }
    }
    assertThat(rates.countWorkspace(1, 1, 1)).isEmpty();
    assertThat(rates.countWorkspace(1, 2, 1)).isEmpty();
    assertThat(rates.countWorkspace(1, 3, 1)).isPresent();
    assertThat(rates.countWorkspace(2, 1, 1)).isEmpty();
  }

  @Test
  void buckets_fullAgain_areForgotten() {
    KeyedBuckets<Long> buckets = new KeyedBuckets<>(TWO, 1000, () -> now);
    LongStream.range(0, 500).forEach(buckets::take);
    assertThat(buckets.size()).isEqualTo(500);
    now += Duration.ofSeconds(2).toNanos();
    buckets.take(7L);
    now += Duration.ofSeconds(2).toNanos();
    assertThat(buckets.size()).isEqualTo(1);
  }

  @Test
  void buckets_moreKeysThanRemembered_stayBounded() {
    KeyedBuckets<Long> buckets = new KeyedBuckets<>(TWO, 100, () -> now);
    LongStream.range(0, 10_000).forEach(buckets::take);
    assertThat(buckets.size()).isLessThanOrEqualTo(100);
  }
}
