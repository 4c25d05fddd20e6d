package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A relay whose channel has more events than flow. */
class RelayMarksTest {

  private static final long CHANNEL = 1;

  private final HandTimers timers = new HandTimers();
  private final RecordedViewer viewer = new RecordedViewer();
  private final Relay relay =
      new Relay(
          new Upstream(),
          timers,
          new FanOut.Limits(3, 10),
          new Ticker(new Ticks(Duration.ZERO, Duration.ZERO), () -> 0, (after, task) -> {}),
          16,
          it -> it);
  private final ChannelView view = new ChannelView(CHANNEL, ChannelView.LIVE_ONLY, false, viewer);
  private long seq;

  RelayMarksTest() {
    relay.join(view);
    relay.started(CHANNEL, 0);
  }

  @Test
  void events_fewOfThem_flow() {
    events(3);
    aSecond();
    assertThat(viewer.seqs).containsExactly(1L, 2L, 3L);
    assertThat(viewer.marks).isZero();
    aSecond();
    assertThat(timers.isEmpty()).as("nothing is counted while nothing happens").isTrue();
  }

  @Test
  void events_tooMany_becomeOneMarkASecondAndFlowAgainWhenItIsCalm() {
    for (int i = 1; i <= 4; i++) {
      events(10);
      aSecond();
    }
    assertThat(viewer.seqs).containsExactly(1L, 2L, 3L);
    assertThat(viewer.marks).isEqualTo(4);
    for (int i = 0; i < FanOut.CALM_SECONDS; i++) {
      aSecond();
    }
    events(1);
    assertThat(viewer.seqs).containsExactly(1L, 2L, 3L, 41L);
    assertThat(relay.deliveries()).isEqualTo(4);
  }

  @Test
  void leave_beforeTheMark_cursorIsWhatTheClientKnows() {
    events(5);
    relay.leave(view);
    assertThat(view.cursor()).isEqualTo(3);
    aSecond();
    assertThat(viewer.marks).isZero();
  }

  private void events(int count) {
    for (int i = 0; i < count; i++) {
      relay.event(RecordedViewer.parcel(++seq));
    }
  }

  private void aSecond() {
    timers.turn();
  }

  private static final class Upstream implements Upstreams {
    @Override
    public void follow(long channelId, Follower follower) {}

    @Override
    public void unfollow(long channelId, Follower follower) {}
  }
}
