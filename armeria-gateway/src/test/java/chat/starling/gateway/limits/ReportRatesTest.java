package chat.starling.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportRatesTest {

  private static final Rate TWO = new Rate(2, Duration.ofMinutes(2));
  private long now;

  @Test
  void count_moreThanTheRate_isRefusedForAsLongAsItTakes() {
    ReportRates rates = new ReportRates(TWO, 10, () -> now);
    assertThat(rates.count(1)).isEmpty();
    assertThat(rates.count(1)).isEmpty();
    assertThat(rates.count(2)).isEmpty();
    var refusal = rates.count(1).orElseThrow();
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_RATE_LIMITED);
    assertThat(refusal.getRetryAfter().getSeconds()).isEqualTo(60);
    now += Duration.ofMinutes(1).toNanos();
    assertThat(rates.count(1)).isEmpty();
  }
}
