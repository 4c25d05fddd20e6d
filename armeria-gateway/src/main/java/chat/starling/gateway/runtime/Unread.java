package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.BumpHearer;
import chat.starling.gateway.delivery.BumpRelay;
import chat.starling.gateway.delivery.BumpSeat;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.signin.Identity;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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
  private final Outgoing outgoing;
  private final List<BumpSeat> seats = new ArrayList<>();
  private boolean behind;
  private boolean left;

  Unread(SessionParts parts, EventLoop loop, Identity identity, Views views, Outgoing outgoing) {
    this.relays = parts.bumps();
    this.relay = relays.of(loop);
    this.loop = loop;
    this.identity = identity;
    this.memberships = parts.memberships();
    this.views = views;
    this.outgoing = outgoing;
  }

  /** Begins: all of the user's channels come first, then what moves. */
  void begin() {
    views.watchedBy(this);
    relays.add(identity.userId(), this);
    identity.workspaces().stream()
        .distinct()
        .forEach(workspace -> seats.add(relay.enter(workspace, this)));
    seats.forEach(this::read);
  }

  /** Nothing more is told. */
  void leave() {
    if (!left) {
      left = true;
      relays.remove(identity.userId(), this);
      seats.forEach(relay::leave);
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
    if (behind) {
      return;
    }
    if (outgoing.hasRoom()) {
      outgoing.share(notice);
    } else {
      behind = true;
      outgoing.whenRoom(() -> {
        behind = false;
        seats.forEach(relay::tellAll);
      });
    }
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

  private void read(BumpSeat seat) {
    if (!left) {
      var _ =
          relays
              .channels()
              .of(identity.userId(), seat.workspaceId())
              .whenComplete((channels, fault) -> loop.execute(() -> take(seat, channels)));
    }
  }

  private void take(BumpSeat seat, long @Nullable [] channels) {
    if (left) {
      return;
    }
    if (channels != null) {
      relay.channels(seat, channels);
    }
    long due = (channels == null ? AGAIN : relays.membershipTime()).toNanos();
    long wait = due / 2 + ThreadLocalRandom.current().nextLong(due);
    var _ = loop.schedule(() -> read(seat), wait, TimeUnit.NANOSECONDS);
  }
}
