package chat.starling.bench.permission;

import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.FanOut;
import chat.starling.gateway.delivery.Follower;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Relay;
import chat.starling.gateway.delivery.Ticker;
import chat.starling.gateway.delivery.Ticks;
import chat.starling.gateway.delivery.Upstreams;
import chat.starling.gateway.delivery.ViewPermit;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * One event's way through the relay of an event loop to connections that take everything and do
 * nothing: with permits of a workspace, beside permits that nobody takes away. It is the dearest
 * that the check can look, since nothing is written to any socket.
 *
 * @param viewers of the channel
 * @param checked nanoseconds an event
 * @param unchecked nanoseconds an event
 * @param ratio of the two, the median of the rounds'
 */
public record LoopCost(int viewers, double checked, double unchecked, double ratio) {

  private static final long CHANNEL = 7;
  private static final int USERS = 1_000;
  private static final int CONNECTIONS = 10;
  private static final int ROUNDS = 60;
  private static final int KEPT = 256;
  private static final int TEXT_BYTES = 300;

  /** Sends of a slice, so that it takes some ten milliseconds. */
  private static final int DELIVERIES_A_SLICE = 2_000_000;

  private static final int MOST_EVENTS = 100_000;

  /** Measures with so many viewers; takes some seconds. */
  public static LoopCost with(int viewers) {
    var workspace = new RuledWorkspace(USERS);
    Loop checked = new Loop(viewers, user -> workspace.permit(CHANNEL, user));
    Loop unchecked = new Loop(viewers, user -> ViewPermit.ALWAYS);
    int events = Math.min(MOST_EVENTS, DELIVERIES_A_SLICE / viewers);
    double[] with = new double[ROUNDS];
    double[] without = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      boolean first = round % 2 == 0;
      if (first) {
        with[round] = checked.slice(events);
      }
      without[round] = unchecked.slice(events);
      if (!first) {
        with[round] = checked.slice(events);
      }
    }
    return new LoopCost(
        viewers, Samples.late(with), Samples.late(without), Samples.late(ratios(with, without)));
  }

  private static double[] ratios(double[] with, double[] without) {
    return IntStream.range(0, with.length).mapToDouble(i -> with[i] / without[i]).toArray();
  }

  /** An event loop's relay, and viewers that it writes to in cohorts. */
  private static final class Loop {

    private final Relay relay =
        new Relay(
            new NoUpstream(),
            (after, task) -> {},
            FanOut.Limits.NONE,
            new Ticker(
                new Ticks(Duration.ZERO, Duration.ZERO), System::nanoTime, (after, task) -> {}),
            KEPT,
            it -> it);

    private final Sink[] connections =
        IntStream.range(0, CONNECTIONS).mapToObj(i -> new Sink()).toArray(Sink[]::new);

    private final ByteString frame = ByteString.copyFrom(new byte[TEXT_BYTES]);
    private final int viewers;
    private long seq;
    private long taken;

    Loop(int viewers, LongFunction<ViewPermit> permits) {
      this.viewers = viewers;
      for (int i = 0; i < viewers; i++) {
        var viewer = new SinkViewer(connections[i % CONNECTIONS], i);
        ChannelView view = new ChannelView(CHANNEL, ChannelView.LIVE_ONLY, false, viewer);
        view.permit(permits.apply(1 + i % USERS));
        relay.join(view);
      }
      relay.started(CHANNEL, 0);
    }

    /** Nanoseconds an event; all viewers have all of them. */
    double slice(int events) {
      long begun = Samples.now();
      for (int i = 0; i < events; i++) {
        seq++;
        relay.event(Parcel.ofFrame(CHANNEL, seq, "", frame));
      }
      double each = (double) (Samples.now() - begun) / events;
      long all = Arrays.stream(connections).mapToLong(Sink::written).sum();
      if (all - taken != (long) events * viewers) {
        throw new IllegalStateException(
            "deliveries: %d (expected: %d)".formatted(all - taken, (long) events * viewers));
      }
      taken = all;
      return each;
    }
  }

  private static final class NoUpstream implements Upstreams {
    @Override
    public void follow(long channelId, Follower follower) {}

    @Override
    public void unfollow(long channelId, Follower follower) {}
  }
}
