package chat.starling.gateway.runtime;

import chat.starling.api.v1.Removed;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.delivery.BumpFlow;
import chat.starling.gateway.delivery.BumpHearer;
import chat.starling.gateway.delivery.BumpRelay;
import chat.starling.gateway.delivery.BumpSeat;
import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.delivery.PushedChannels;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.Sight;
import chat.starling.platform.time.MonotonicClock;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
  private final Permits permits;
  private final Views views;
  private final BumpFlow flow;
  private final Outgoing outgoing;
  private final PushedChannels pushed;
  private final MonotonicClock clock;
  private final Metrics metrics;
  private final List<BumpSeat> seats = new ArrayList<>();

  /** When memberships are read again: an ended session is not to be held until then. */
  private @Nullable Future<?>[] readings = {};

  private Hearing[] hearings = {};

  private boolean left;

  Unread(SessionParts parts, EventLoop loop, Identity identity, Views views, Outgoing outgoing) {
    this.relays = parts.bumps();
    this.relay = relays.of(loop);
    this.loop = loop;
    this.identity = identity;
    this.permits = parts.permits();
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
    hearings =
        seats.stream()
            .map(seat ->
                new Hearing(seat, permits.replicas().sight(seat.workspaceId(), identity.userId())))
            .toArray(Hearing[]::new);
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

  /** The user is not a member of the channel any more. From any thread. */
  void left(long workspaceId, long channelId) {
    loop.execute(() -> {
      for (Hearing hearing : hearings) {
        if (hearing.seat.workspaceId() == workspaceId && !left) {
          hearing.leave(channelId);
        }
      }
    });
  }

  /** Whoever may not is told nothing from now on, and that the channel is gone a little later. */
  @Override
  public boolean hears(BumpSeat seat, long channelId) {
    Hearing hearing = hearings[seats.indexOf(seat)];
    return hearing.isUpToDate() || hearing.hears(channelId);
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
    seat(permits.workspaceOf(channelId), channelId);
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
    for (Hearing hearing : hearings) {
      if (hearing.seat.workspaceId() == workspaceId) {
        hearing.join(channelId);
      }
    }
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
      hearings[number].memberOf(channels);
    }
    long due = (channels == null ? AGAIN : relays.membershipTime()).toNanos();
    long wait = due / 2 + ThreadLocalRandom.current().nextLong(due);
    readings[number] = loop.schedule(() -> read(number), wait, TimeUnit.NANOSECONDS);
  }

  /**
   * The channels of one workspace that the user is a member of, and those of them that he may see:
   * looked at anew when something has changed and there is something to tell.
   */
  private final class Hearing {
    private final BumpSeat seat;
    private final Sight sight;
    private Set<Long> missed = Set.of();
    private boolean known;
    private long[] memberOf = {};
    private long lookedAt = Long.MIN_VALUE;
    private boolean looking;

    Hearing(BumpSeat seat, Sight sight) {
      this.seat = seat;
      this.sight = sight;
    }

    boolean isUpToDate() {
      return lookedAt == sight.stamp() && sight.isOpen();
    }

    boolean hears(long channelId) {
      look();
      boolean sees = sight.sees(channelId);
      if (!sees) {
        missed = missed.isEmpty() ? new HashSet<>() : missed;
        missed.add(channelId);
      }
      return sees;
    }

    void memberOf(long[] channels) {
      known = true;
      memberOf = LongStream.of(channels).sorted().distinct().toArray();
      lookedAt = Long.MIN_VALUE;
      look();
    }

    void join(long channelId) {
      if (known && !isMember(channelId)) {
        memberOf(LongStream.concat(LongStream.of(memberOf), LongStream.of(channelId)).toArray());
      }
    }

    void leave(long channelId) {
      memberOf = LongStream.of(memberOf).filter(id -> id != channelId).toArray();
      if (seat.isSeated() && seat.has(channelId)) {
        relay.channels(seat, LongStream.of(seat.all()).filter(id -> id != channelId).toArray());
        sayRemoved(channelId);
      }
    }

    private void look() {
      if (!looking) {
        looking = true;
        long stamp = sight.stamp();
        var _ =
            sight
                .among(memberOf)
                .whenComplete((seen, fault) -> loop.execute(() -> looked(stamp, seen)));
      }
    }

    private void looked(long stamp, long @Nullable [] seen) {
      looking = false;
      if (left) {
        return;
      }
      if (seen == null) {
        var _ = loop.schedule(this::look, AGAIN.toNanos(), TimeUnit.NANOSECONDS);
        return;
      }
      long[] mine = LongStream.of(seen).filter(this::isMember).toArray();
      long[] before = seat.isSeated() ? seat.all() : new long[0];
      lookedAt = stamp;
      relay.channels(seat, mine);
      LongStream.of(before).filter(id -> !seat.has(id)).forEach(this::sayRemoved);
      missed.stream()
          .filter(id -> seat.has(id))
          .forEach(id -> relay.unseen(seat, id, ChannelView.LIVE_ONLY));
      missed = Set.of();
      if (seen.length < memberOf.length && !isUpToDate()) {
        look();
      }
    }

    private boolean isMember(long channelId) {
      return Arrays.binarySearch(memberOf, channelId) >= 0;
    }

    private void sayRemoved(long channelId) {
      if (!views.has(channelId)) {
        outgoing.say(
            0, ServerFrame.newBuilder().setRemoved(Removed.newBuilder().setChannelId(channelId)));
      }
    }
  }
}
