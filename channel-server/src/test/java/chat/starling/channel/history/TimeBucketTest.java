package chat.starling.channel.history;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ids.Snowflake;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeBucketTest {

  private static final long DAY = Duration.ofDays(1).toMillis();

  @Test
  void bucket_changesAtMidnight() {
    long midnight = Snowflake.EPOCH_MILLIS + 400 * DAY;
    assertThat(TimeBucket.of(Snowflake.first(midnight))).isEqualTo(400);
    assertThat(TimeBucket.of(Snowflake.first(midnight) - 1)).isEqualTo(399);
    assertThat(TimeBucket.of(Snowflake.first(midnight + DAY) - 1)).isEqualTo(400);
  }

  @Test
  void bucket_ofTheSmallestAndLargestId_isSound() {
    assertThat(TimeBucket.of(0)).isZero();
    assertThat(TimeBucket.of(Long.MAX_VALUE)).isPositive();
  }
}
