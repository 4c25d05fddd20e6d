package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Follower;
import chat.starling.gateway.delivery.HeadFollower;
import chat.starling.gateway.routing.CallLimits;
import chat.starling.gateway.routing.Calls;
import chat.starling.gateway.routing.KnownOwners;
import chat.starling.gateway.routing.KnownRing;
import chat.starling.gateway.routing.OwnerRoute;
import chat.starling.gateway.routing.Peer;
import chat.starling.gateway.routing.SpreadRoute;
import chat.starling.gateway.workspace.WorkspaceFollower;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.settings.HostPort;
import chat.starling.platform.time.MonotonicClock;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/** The channel servers of the ring: any of them says who else there is and who owns what. */
public final class RingChannelServers implements ChannelServers, AutoCloseable {

  private final KnownRing ring = new KnownRing();
  private final KnownOwners owners = new KnownOwners(ring);
  private final AtomicInteger turns = new AtomicInteger();
  private final List<Peer> seeds;
  private final Links links;
  private final Calls calls;
  private final SubscribeStreams streams;

  /**
   * Connects to the seeds, and from then on to whoever the ring says there is.
   *
   * @param seeds asked for the ring as long as no member can be
   * @param timeout of a whole call, with all its attempts
   * @param loops carry the connections; they are the caller's to end
   */
  public RingChannelServers(
      List<HostPort> seeds,
      Duration timeout,
      UpstreamSettings settings,
      EventLoopGroup loops,
      MonotonicClock clock,
      Meter meter) {
    this.seeds = seeds.stream().map(Peer::at).toList();
    this.links = new Links(settings, loops, clock);
    this.calls = calls(new CallLimits(timeout, settings.attemptTimeout()), loops, clock, meter);
    this.streams =
        new SubscribeStreams(ring, owners, links, this.seeds, loops.next(), calls::ringChanged);
    UpstreamMetrics.observe(meter, links::open);
  }

  @Override
  public ChannelServer owner(long channelId) {
    return ownerOf(FeedId.channel(channelId));
  }

  @Override
  public ChannelServer workspaceOwner(long workspaceId) {
    return ownerOf(FeedId.workspace(workspaceId));
  }

  private ChannelServer ownerOf(FeedId feed) {
    return new RoutedChannelServer(
        calls, links, () -> new OwnerRoute(ring, owners, spread(), feed));
  }

  @Override
  public ChannelServer any() {
    return new RoutedChannelServer(calls, links, this::spread);
  }

  @Override
  public void follow(long channelId, Follower follower) {
    streams.channels().follow(channelId, follower);
  }

  @Override
  public void unfollow(long channelId, Follower follower) {
    streams.channels().unfollow(channelId, follower);
  }

  @Override
  public void watch(long workspaceId, HeadFollower follower) {
    streams.heads().watch(workspaceId, follower);
  }

  @Override
  public void unwatch(long workspaceId, HeadFollower follower) {
    streams.heads().unwatch(workspaceId, follower);
  }

  @Override
  public void follow(long workspaceId, WorkspaceFollower follower) {
    streams.workspaces().follow(workspaceId, follower);
  }

  @Override
  public void unfollow(long workspaceId) {
    streams.workspaces().unfollow(workspaceId);
  }

  @Override
  public void applied(long workspaceId, long seq, long askedAt) {
    streams.workspaces().applied(workspaceId, seq, askedAt);
  }

  @Override
  public void close() {
    streams.close();
    links.close();
  }

  private SpreadRoute spread() {
    return new SpreadRoute(ring, seeds, links::isReachable, turns.getAndIncrement());
  }

  private static Calls calls(
      CallLimits limits, EventLoopGroup loops, MonotonicClock clock, Meter meter) {
    List<EventLoopLane> lanes =
        StreamSupport.stream(loops.spliterator(), false)
            .map(loop -> new EventLoopLane((EventLoop) loop, clock))
            .toList();
    AtomicInteger next = new AtomicInteger();
    return new Calls(
        () -> lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size())),
        limits,
        new UpstreamMetrics(meter));
  }
}
