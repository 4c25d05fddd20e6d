package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FanOutTest {

  private final FanOut fanOut = new FanOut(new FanOut.Limits(100, 50));

  @Test
  void event_upToTheRate_flows() {
    assertThat(events(100, 50)).isTrue();
    fanOut.second(50);
    assertThat(events(100, 50)).as("each second counts for itself").isTrue();
  }

  @Test
  void event_beyondTheRate_stopsWithinTheSecond() {
    assertThat(events(101, 50)).isFalse();
  }

  @Test
  void event_manyViewers_rateFallsInProportion() {
    assertThat(events(10, 500)).isTrue();
    assertThat(events(1, 500)).isFalse();
  }

  @Test
  void event_moreViewersThanAnyRateAllowsFor_oneASecondStillFlows() {
    assertThat(events(1, 1_000_000)).isTrue();
    assertThat(events(1, 1_000_000)).isFalse();
  }

  @Test
  void second_calmForLong_flowsAgain() {
    events(101, 50);
    fanOut.second(50);
    for (int i = 1; i < FanOut.CALM_SECONDS; i++) {
      assertThat(events(50, 50)).isFalse();
      fanOut.second(50);
    }
    assertThat(fanOut.isQuiet()).isFalse();
    events(50, 50);
    fanOut.second(50);
    assertThat(fanOut.isQuiet()).isTrue();
    assertThat(events(50, 50)).isTrue();
  }

  @Test
  void second_onTheEdge_doesNotGoToAndFro() {
    events(101, 50);
    for (int i = 0; i < 50; i++) {
      fanOut.second(50);
      assertThat(events(i % FanOut.CALM_SECONDS == 0 ? 51 : 10, 50)).isFalse();
    }
  }

  @Test
  void second_viewersLeave_flowsAgainAlthoughTheRateStays() {
    assertThat(events(50, 500)).isFalse();
    for (int i = 0; i <= FanOut.CALM_SECONDS; i++) {
      fanOut.second(10);
      events(50, 10);
    }
    assertThat(fanOut.event(10)).isTrue();
  }

  private boolean events(int count, int viewers) {
    boolean flows = true;
    for (int i = 0; i < count; i++) {
      flows = fanOut.event(viewers);
    }
    return flows;
  }
}
