package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A relay whose viewers lose their permits, or of whom nobody knows. */
class RelayPermitsTest {

  private static final long CHANNEL = 1;

  private final HandTimers timers = new HandTimers();
  private final HandGate gate = new HandGate();
  private final RecordedViewer one = new RecordedViewer();
  private final RecordedViewer other = new RecordedViewer();
  private final HandPermit onePermit = new HandPermit(gate);
  private final HandPermit otherPermit = new HandPermit(gate);
  private final Relay relay =
      new Relay(
          new Upstream(),
          timers,
          FanOut.Limits.NONE,
          new Ticker(new Ticks(Duration.ZERO, Duration.ZERO), () -> 0, (after, task) -> {}),
          16,
          it -> it);

  RelayPermitsTest() {
    relay.join(view(one, onePermit));
    relay.join(view(other, otherPermit));
    relay.started(CHANNEL, 0);
  }

  @Test
  void event_afterAPermitIsTakenAway_comesToTheOthersOnly() {
    relay.event(RecordedViewer.parcel(1));
    onePermit.allowed = false;
    gate.stamp++;
    relay.event(RecordedViewer.parcel(2));
    assertThat(one.seqs).containsExactly(1L);
    assertThat(one.unpermitted).isEqualTo(1);
    assertThat(other.seqs).containsExactly(1L, 2L);
    assertThat(other.unpermitted).isZero();
    assertThat(relay.viewers(CHANNEL)).isEqualTo(1);
  }

  @Test
  void event_whileTheStampIsTheSame_looksAtNoPermit() {
    relay.event(RecordedViewer.parcel(1));
    int before = onePermit.looks;
    relay.event(RecordedViewer.parcel(2));
    assertThat(onePermit.looks).isEqualTo(before);
  }

  @Test
  void event_whileNobodyKnowsWhoMayHaveIt_isReadFromTheLogOnceThatIsKnown() {
    gate.open = false;
    relay.event(RecordedViewer.parcel(1));
    timers.turn();
    assertThat(one.seqs).isEmpty();
    otherPermit.allowed = false;
    gate.stamp++;
    gate.open = true;
    timers.turn();
    assertThat(one.reads).containsExactly(0L);
    assertThat(other.reads).isEmpty();
    assertThat(other.unpermitted).isEqualTo(1);
  }

  @Test
  void lastPermit_takenAway_channelIsNotFollowedForLong() {
    onePermit.allowed = false;
    otherPermit.allowed = false;
    gate.stamp++;
    relay.event(RecordedViewer.parcel(1));
    timers.turn();
    assertThat(relay.size()).isZero();
  }

  private static ChannelView view(RecordedViewer viewer, ViewPermit permit) {
    ChannelView view = new ChannelView(CHANNEL, ChannelView.LIVE_ONLY, false, viewer);
    view.permit(permit);
    return view;
  }

  private static final class HandGate implements Gate {
    private long stamp;
    private boolean open = true;

    @Override
    public long stamp() {
      return stamp;
    }

    @Override
    public boolean isOpen() {
      return open;
    }
  }

  private static final class HandPermit implements ViewPermit {
    private final Gate gate;
    private boolean allowed = true;
    private int looks;

    HandPermit(Gate gate) {
      this.gate = gate;
    }

    @Override
    public boolean allowsViewing() {
      looks++;
      return allowed;
    }

    @Override
    public boolean isKnown() {
      return true;
    }

    @Override
    public Gate gate() {
      return gate;
    }
  }

  private static final class Upstream implements Upstreams {
    @Override
    public void follow(long channelId, Follower follower) {}

    @Override
    public void unfollow(long channelId, Follower follower) {}
  }
}
