package chat.starling.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Rate FIVE_IN_FIVE = new Rate(5, Duration.ofSeconds(5));

  @ParameterizedTest
  @ValueSource(longs = {0, -7 * SECOND, Long.MAX_VALUE - SECOND, Long.MIN_VALUE + SECOND})
  void take_burstThenEvenly_whateverTheClockSays(long start) {
    TokenBucket bucket = new TokenBucket(FIVE_IN_FIVE, start);
    for (int i = 0; i < 5; i++) {
      assertThat(bucket.take(start)).isZero();
    }
    assertThat(bucket.take(start)).isEqualTo(SECOND);
    assertThat(bucket.untilNext(start + SECOND / 2)).isEqualTo(SECOND / 2);
    assertThat(bucket.take(start + SECOND)).isZero();
    assertThat(bucket.take(start + SECOND)).isEqualTo(SECOND);
    assertThat(bucket.take(start + 6 * SECOND)).isZero();
  }

  @Test
  void take_moreThanThereAre_isPaidForLater() {
    TokenBucket bucket = new TokenBucket(FIVE_IN_FIVE, 0);
    assertThat(bucket.take(0, 8)).isZero();
    assertThat(bucket.take(0, 1)).isEqualTo(4 * SECOND);
    assertThat(bucket.take(4 * SECOND, 1)).isZero();
  }

  @Test
  void take_refused_takesNothing() {
    TokenBucket bucket = new TokenBucket(FIVE_IN_FIVE, 0);
    IntStream.range(0, 100).forEach(i -> bucket.take(0));
    assertThat(bucket.take(SECOND)).isZero();
  }

  /** Any 6 taken in a row span at least the time that the burst and the refill leave them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void take_atRandomTimes_neverMoreThanTheRate(long seed) {
    Random random = new Random(seed);
    TokenBucket bucket = new TokenBucket(FIVE_IN_FIVE, 0);
    ArrayDeque<Long> taken = new ArrayDeque<>();
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextLong(SECOND / 2);
      long expected = bucket.untilNext(now);
      assertThat(bucket.take(now)).isEqualTo(expected);
      if (expected == 0) {
        taken.addLast(now);
      }
      if (taken.size() > 10) {
        assertThat(now - taken.removeFirst()).isGreaterThanOrEqualTo(5 * SECOND);
      }
    }
    assertThat(taken).hasSize(10);
  }

  @Test
  void take_byManyThreads_givesExactlyTheBurst() {
    TokenBucket bucket = new TokenBucket(new Rate(1000, Duration.ofHours(1)), 0);
    AtomicInteger taken = new AtomicInteger();
    IntStream.range(0, 5000)
        .parallel()
        .filter(i -> bucket.take(0) == 0)
        .forEach(i -> taken.incrementAndGet());
    assertThat(taken).hasValue(1000);
  }

  @Test
  void rate_nothingOrNoTime_isRefused() {
    assertThatThrownBy(() -> new Rate(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rate(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rate_inText_saysWhatItIs() {
    Rate rate = new Rate(100, Duration.ofMillis(200));
    assertThat(rate.spacing()).isEqualTo(SECOND / 500);
    assertThat(rate.of("sessions")).isEqualTo("100 sessions in 200 ms");
    assertThat(FIVE_IN_FIVE.of("messages")).isEqualTo("5 messages in 5 s");
  }
}
