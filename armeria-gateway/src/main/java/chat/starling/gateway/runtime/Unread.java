package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.BumpFlow;
import chat.starling.gateway.delivery.BumpHearer;
import chat.starling.gateway.delivery.BumpRelay;
import chat.starling.gateway.delivery.BumpSeat;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.signin.Identity;
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
 * What a session is told of its user's channels that it does not look at. On the session's event
 * loop, but for {@link #joined}.
 */
final class Unread implements BumpHearer, Views.Watcher {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final BumpRelays relays;
  private final BumpRelay relay;
  private final EventLoop loop;
  private final Identity identity;
  private final Memberships memberships;
  private final Views views;
  private final BumpFlow flow;
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
  }

  /** Begins: all of the user's channels come first, then what moves. */
  void begin() {
    views.watchedBy(this);
    relays.add(identity.userId(), this);
    identity.workspaces().stream()
        .distinct()
        .forEach(workspace -> seats.add(relay.enter(workspace, this)));
    readings = new @Nullable Future<?>[seats.size()];
    IntStream.range(0, seats.size()).forEach(this::read);
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
  public void dropped(long channelId, long cursor) {
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
