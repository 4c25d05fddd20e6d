package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.BumpRelay;
import chat.starling.gateway.delivery.HeadFollower;
import chat.starling.gateway.delivery.PushedChannels;
import chat.starling.gateway.delivery.WorkspaceHeads;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.gateway.upstream.LoopDelay;
import io.netty.channel.EventLoop;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One relay of bumps for each event loop that has sessions, and which sessions each user has here
 * that are told of bumps.
 */
public final class BumpRelays {

  private final Map<EventLoop, BumpRelay> relays = new ConcurrentHashMap<>();
  private final Map<Long, Set<Unread>> users = new ConcurrentHashMap<>();
  private final ChannelServers servers;
  private final Duration interval;
  private final Duration membershipTime;
  private final KnownSizes sizes;
  private final PushedChannels.Limits pushLimits;

  /**
   * @param servers tell of heads and memberships
   * @param interval the least time between two frames of bumps for one session
   * @param membershipTime after about which a user's channels are read again
   * @param sizes tells which channels are small
   * @param pushLimits how many of them a session has in view by themselves, and for how long
   */
  public BumpRelays(
      ChannelServers servers,
      Duration interval,
      Duration membershipTime,
      KnownSizes sizes,
      PushedChannels.Limits pushLimits) {
    this.servers = servers;
    this.interval = interval;
    this.membershipTime = membershipTime;
    this.sizes = sizes;
    this.pushLimits = pushLimits;
  }

  /** The user has become a member of a channel, through this gateway. From any thread. */
  public void joined(long userId, long workspaceId, long channelId) {
    users.getOrDefault(userId, Set.of()).forEach(each -> each.joined(workspaceId, channelId));
  }

  /** The user is not a member of a channel any more. From any thread. */
  public void left(long userId, long workspaceId, long channelId) {
    users.getOrDefault(userId, Set.of()).forEach(each -> each.left(workspaceId, channelId));
  }

  /** Lets the meter read how many frames went out. */
  public void observe(Meter meter) {
    meter
        .counterBuilder("starling.bumps")
        .setUnit("{frame}")
        .buildWithCallback(counter -> counter.record(frames()));
  }

  /** Frames of bumps that all sessions were told so far, nearly. */
  long frames() {
    return relays.values().stream().mapToLong(BumpRelay::frames).sum();
  }

  /** The loop's relay; to be used on that loop only. */
  BumpRelay of(EventLoop loop) {
    return relays.computeIfAbsent(loop, this::relay);
  }

  /** Some channels are small enough to come into view by themselves. */
  boolean pushes() {
    return sizes.isAny();
  }

  PushedChannels.Limits pushLimits() {
    return pushLimits;
  }

  UserChannels channels() {
    return new UserChannels(servers);
  }

  Duration membershipTime() {
    return membershipTime;
  }

  void add(long userId, Unread session) {
    users.compute(
        userId,
        (id, known) -> {
          Set<Unread> sessions = known == null ? ConcurrentHashMap.newKeySet() : known;
          sessions.add(session);
          return sessions;
        });
  }

  void remove(long userId, Unread session) {
    users.compute(
        userId,
        (id, sessions) -> {
          if (sessions != null) {
            sessions.remove(session);
          }
          return sessions == null || sessions.isEmpty() ? null : sessions;
        });
  }

  private BumpRelay relay(EventLoop loop) {
    return new BumpRelay(
        servers, sizes.on(loop), new LoopDelay(loop), interval, relay -> new Inbox(loop, relay));
  }

  /** Brings what upstream says to a relay's own event loop, in order. */
  private record Inbox(EventLoop loop, BumpRelay relay) implements HeadFollower {

    @Override
    public void known(long workspaceId, WorkspaceHeads heads) {
      loop.execute(() -> relay.known(workspaceId, heads));
    }

    @Override
    public void moved(long workspaceId, long[] channelIds) {
      loop.execute(() -> relay.moved(workspaceId, channelIds));
    }
  }
}
