package chat.starling.platform.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SnowflakeMintTest {

  private static final long NOON = Instant.parse("2026-06-01T12:00:00Z").toEpochMilli();

  private final AtomicLong now = new AtomicLong(NOON);
  private final SnowflakeMint mint = new SnowflakeMint(7, () -> Instant.ofEpochMilli(now.get()));

  @Test
  void id_holdsTimeAndWorker() {
    long id = mint.next();
    assertThat(Snowflake.epochMillis(id)).isEqualTo(NOON);
    assertThat(Snowflake.worker(id)).isEqualTo(7);
    assertThat(id).isGreaterThanOrEqualTo(Snowflake.first(NOON));
  }

  @Test
  void ids_clockStandsStill_riseAndStayUnique() {
    Set<Long> seen = new HashSet<>();
    long before = 0;
    for (int i = 0; i < 10_000; i++) {
      long id = mint.next();
      assertThat(id).isGreaterThan(before);
      assertThat(seen.add(id)).isTrue();
      before = id;
    }
    assertThat(Snowflake.worker(before)).isEqualTo(7);
  }

  @Test
  void ids_clockGoesBack_stillRise() {
    long before = mint.next();
    now.addAndGet(-60_000);
    assertThat(mint.next()).isGreaterThan(before);
  }

  @Test
  void nextAfter_floorFromAClockAhead_isLarger() {
    long floor = new SnowflakeMint(900, () -> Instant.ofEpochMilli(NOON + 5_000)).next();
    long id = mint.nextAfter(floor);
    assertThat(id).isGreaterThan(floor);
    assertThat(Snowflake.worker(id)).isEqualTo(7);
  }

  @Test
  void worker_outOfRange_isRefused() {
    assertThatThrownBy(() -> new SnowflakeMint(1024, () -> Instant.EPOCH))
        .hasMessage("worker: 1024 (expected: 0..1023)");
  }
}
