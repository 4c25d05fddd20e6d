package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.edge.chaos.SendTimes.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendTimesTest {

  private final SendTimes times = new SendTimes();

  @BeforeEach
  void sends() {
    times.add(1, new Span(0, 10));
    times.add(1, new Span(20, 60));
    times.add(2, new Span(50, 75));
    times.add(2, new Span(100, 105));
  }

  @Test
  void longestDuring_span_countsWhateverWasUnderWayInIt() {
    assertThat(times.longestDuring(new Span(60, 70), channel -> true)).isEqualTo(nanos(40));
    assertThat(times.longestDuring(new Span(61, 70), channel -> true)).isEqualTo(nanos(25));
    assertThat(times.longestDuring(new Span(11, 19), channel -> true)).isEqualTo(nanos(0));
  }

  @Test
  void longestDuring_someChannels_countsOnlyThose() {
    assertThat(times.longestDuring(new Span(0, 200), channel -> channel == 2)).isEqualTo(nanos(25));
  }

  @Test
  void longestOutside_spans_countsWhatMeetsNone() {
    assertThat(times.longestOutside(List.of(new Span(15, 80)))).isEqualTo(nanos(10));
    assertThat(times.longestOutside(List.of(new Span(5, 80)))).isEqualTo(nanos(5));
  }

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }
}
