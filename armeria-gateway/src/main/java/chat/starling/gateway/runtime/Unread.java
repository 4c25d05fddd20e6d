package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.BumpFlow;
import chat.starling.gateway.delivery.BumpHearer;
import chat.starling.gateway.delivery.BumpRelay;
import chat.starling.gateway.delivery.BumpSeat;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.delivery.PushedChannels;
import chat.starling.gateway.signin.Identity;
import chat.starling.platform.time.MonotonicClock;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told of its user's channels that it does not look at, and which small ones come
 * into its view by themselves. On the session's event loop, but for {@link #joined}.
 */
final class Unread implements BumpHearer, ViewWatcher {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final BumpRelays relays;
  private final BumpRelay relay;
  private final EventLoop loop;
  private final Identity identity;
  private final Memberships memberships;
  private final Views views;
  private final BumpFlow flow;
  private final Outgoing outgoing;
  private final PushedChannels pushed;
  private final MonotonicClock clock;
  private final Metrics metrics;
  private final List<BumpSeat> seats = new ArrayList<>();

  /** When memberships are read again: an ended session is not to be held until then. */
  private @Nullable Future<?>[] readings = {};

  private boolean left;

  Unread(SessionParts parts, EventLoop loop, Identity identity, Views views, Outgoing outgoing) {
    this.relays = parts.bumps();
    this.relay = relays.of(loop);
    this.loop = loop;
    this.identity = identity;
    this.memberships = parts.memberships();
    this.views = views;
    this.flow = new BumpFlow(relay, seats, outgoing);
    this.outgoing = outgoing;
    this.pushed = new PushedChannels(relays.pushLimits());
    this.clock = parts.clock();
    this.metrics = parts.metrics();
  }

  /**
   * Begins: all of the user's channels come first, then what moves.
   *
   * @param push what is said in small channels comes instead of bumps
   */
  void begin(boolean push) {
    views.watchedBy(this);
    views.pushed().forEach(channelId -> pushed.add(channelId, clock.nanos(), views::endPushed));
    relays.add(identity.userId(), this);
    identity.workspaces().stream()
        .distinct()
        .forEach(workspace -> seats.add(relay.enter(workspace, this, push && relays.pushes())));
    readings = new @Nullable Future<?>[seats.size()];
    IntStream.range(0, seats.size()).forEach(this::read);
  }

  /** Time has passed: small channels that have been quiet for long leave the view. */
  void pulse(long now) {
    pushed.quiet(now).forEach(views::endPushed);
  }

  /** Nothing more is told. */
  void leave() {
    if (!left) {
      left = true;
      relays.remove(identity.userId(), this);
      seats.forEach(relay::leave);
      for (Future<?> reading : readings) {
        if (reading != null) {
          reading.cancel(false);
        }
      }
    }
  }

  /** The user has become a member of the channel. From any thread. */
  void joined(long workspaceId, long channelId) {
    loop.execute(() -> seat(workspaceId, channelId));
  }

  @Override
  public boolean sees(long channelId) {
    return views.has(channelId);
  }

  /** A client that is behind does not know of what it was told last: its view would begin there. */
  @Override
  public boolean takeIntoView(long channelId, long told) {
    long now = clock.nanos();
    if (views.has(channelId)) {
      pushed.moved(channelId, now);
      return true;
    }
    if (flow.isBehind() || !outgoing.hasRoom() || !pushed.add(channelId, now, views::endPushed)) {
      return false;
    }
    metrics.pushed();
    views.push(channelId, told);
    return true;
  }

  @Override
  public void tell(Notice notice) {
    flow.tell(notice);
  }

  /** Whoever may look at a channel is a member, wherever he has become one. */
  @Override
  public void admitted(long channelId) {
    memberships
        .workspaceOf(identity, channelId)
        .ifPresent(workspaceId -> seat(workspaceId, channelId));
  }

  @Override
  public void taken(long channelId) {
    pushed.remove(channelId);
  }

  @Override
  public void refused(long channelId) {
    seats.forEach(seat -> relay.refused(seat, channelId));
  }

  @Override
  public void dropped(long channelId, long cursor) {
    pushed.remove(channelId);
    seats.forEach(seat -> relay.unseen(seat, channelId, cursor));
  }

  private void seat(long workspaceId, long channelId) {
    seats.stream()
        .filter(seat -> seat.workspaceId() == workspaceId)
        .forEach(seat -> relay.joined(seat, channelId));
  }

  private void read(int number) {
    if (!left) {
      var _ =
          relays
              .channels()
              .of(identity.userId(), seats.get(number).workspaceId())
              .whenComplete((channels, fault) -> loop.execute(() -> take(number, channels)));
    }
  }

  private void take(int number, long @Nullable [] channels) {
    if (left) {
      return;
    }
    if (channels != null) {
      relay.channels(seats.get(number), channels);
    }
    long due = (channels == null ? AGAIN : relays.membershipTime()).toNanos();
    long wait = due / 2 + ThreadLocalRandom.current().nextLong(due);
    readings[number] = loop.schedule(() -> read(number), wait, TimeUnit.NANOSECONDS);
  }
}
