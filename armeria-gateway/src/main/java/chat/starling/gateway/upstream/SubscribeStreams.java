package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.Ring;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.gateway.delivery.Delay;
import chat.starling.gateway.delivery.Follower;
import chat.starling.gateway.delivery.HeadFollower;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Place;
import chat.starling.gateway.delivery.Subscriptions;
import chat.starling.gateway.delivery.Subscriptions.Wire;
import chat.starling.gateway.delivery.Upstreams;
import chat.starling.gateway.delivery.WorkspaceWatches;
import chat.starling.gateway.delivery.Workspaces;
import chat.starling.gateway.routing.KnownOwners;
import chat.starling.gateway.routing.KnownRing;
import chat.starling.gateway.routing.Peer;
import chat.starling.gateway.workspace.WorkspaceFeeds;
import chat.starling.gateway.workspace.WorkspaceFollower;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams to all members of the ring, the views that come on them, the channels that are
 * followed on them and the workspaces that are watched. While no member answers there are streams
 * to the seeds too. All on one event loop.
 */
final class SubscribeStreams
    implements Upstreams, Workspaces, WorkspaceFeeds, StreamEvents, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SubscribeStreams.class);

  private final Map<Peer, SubscribeStream> streams = new HashMap<>();
  private final KnownRing ring;
  private final KnownOwners owners;
  private final Links links;
  private final List<Peer> seeds;
  private final EventLoop loop;
  private final Runnable ringChanged;
  private final Subscriptions subscriptions;
  private final Subscriptions watched;
  private final WorkspaceWatches watches;
  private final Subscriptions rules;
  private final Map<Long, Followed> followed = new HashMap<>();
  private final ConcurrentMap<Long, Applied> toSay = new ConcurrentHashMap<>();
  private final long process = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  private boolean closed;

  /**
   * @param ring is offered every view that comes
   * @param owners learns who follows which channel up
   * @param ringChanged run after each newer one
   */
  SubscribeStreams(
      KnownRing ring,
      KnownOwners owners,
      Links links,
      List<Peer> seeds,
      EventLoop loop,
      Runnable ringChanged) {
    this.ring = ring;
    this.owners = owners;
    this.links = links;
    this.seeds = seeds;
    this.loop = loop;
    this.ringChanged = ringChanged;
    Delay delay = new LoopDelay(loop);
    RandomGenerator dice = () -> ThreadLocalRandom.current().nextLong();
    this.subscriptions = new Subscriptions(new Asked(), delay, dice);
    this.watched = new Subscriptions(this::toAskForHeads, delay, dice);
    this.watches = new WorkspaceWatches(watched);
    this.rules = new Subscriptions(this::toAskForRules, delay, dice);
    loop.execute(this::match);
  }

  @Override
  public void follow(long channelId, Follower follower) {
    loop.execute(() -> subscriptions.follow(channelId, follower));
  }

  @Override
  public void unfollow(long channelId, Follower follower) {
    loop.execute(() -> subscriptions.unfollow(channelId, follower));
  }

  @Override
  public void watch(long workspaceId, HeadFollower follower) {
    loop.execute(() -> watches.watch(workspaceId, follower));
  }

  @Override
  public void unwatch(long workspaceId, HeadFollower follower) {
    loop.execute(() -> watches.unwatch(workspaceId, follower));
  }

  @Override
  public void follow(long workspaceId, WorkspaceFollower follower) {
    loop.execute(() -> {
      Followed feed = new Followed(follower);
      followed.put(workspaceId, feed);
      rules.follow(workspaceId, feed);
    });
  }

  @Override
  public void unfollow(long workspaceId) {
    loop.execute(() -> {
      Followed feed = followed.remove(workspaceId);
      if (feed != null) {
        rules.unfollow(workspaceId, feed);
      }
    });
  }

  /** Of events that come one behind the other only the last is spoken of. */
  @Override
  public void applied(long workspaceId, long seq, long askedAt) {
    var _ = toSay.merge(workspaceId, new Applied(seq, askedAt), Applied::later);
    loop.execute(() -> say(workspaceId));
  }

  private void say(long workspaceId) {
    Applied applied = toSay.remove(workspaceId);
    Followed feed = followed.get(workspaceId);
    if (applied != null && feed != null && feed.from != null) {
      feed.from.applied(workspaceId, applied.seq, applied.askedAt);
    }
  }

  @Override
  public long process() {
    return process;
  }

  @Override
  public void close() {
    loop.execute(() -> {
      closed = true;
      streams.values().forEach(SubscribeStream::close);
    });
  }

  @Override
  public void opened() {
    reroute();
  }

  @Override
  public void answered() {
    match();
  }

  @Override
  public void ended(StreamWire wire) {
    down(wire);
    match();
  }

  @Override
  public void view(SubscribeStream from, Ring message) {
    RingView view;
    try {
      view = RingCodec.toView(message);
    } catch (IllegalArgumentException e) {
      log.warn("{} sent a ring that breaks its rules: {}", from.peer(), e.getMessage());
      return;
    }
    if (ring.offer(view)) {
      log.info("{} has the newest view of the ring: {}", from.peer(), view);
      adopt(view);
    } else {
      from.pass(ring.view());
    }
  }

  @Override
  public void added(Peer by, Wire from, long channelId, long fromSeq) {
    if (!subscriptions.isRelay(from, channelId)) {
      owners.answered(channelId, by);
    }
    subscriptions.added(from, channelId, fromSeq);
  }

  @Override
  public void event(Wire from, Parcel parcel) {
    subscriptions.event(from, parcel);
  }

  @Override
  public void notOwner(Peer by, Wire from, long channelId) {
    if (!subscriptions.isRelay(from, channelId)) {
      owners.disappointed(channelId, by);
    }
    subscriptions.notOwner(from, channelId);
  }

  @Override
  public void referred(Wire from, long channelId, Place place) {
    subscriptions.referred(from, channelId, place);
  }

  @Override
  public void refused(Wire from, long channelId) {
    subscriptions.refused(from, channelId);
  }

  @Override
  public void workspaceAdded(Peer by, StreamWire from, long workspaceId, long fromSeq) {
    owners.answered(FeedId.workspace(workspaceId), by);
    Followed feed = followed.get(workspaceId);
    if (feed != null) {
      feed.from = from;
    }
    rules.added(from.workspaces(), workspaceId, fromSeq);
  }

  @Override
  public void workspaceEvent(StreamWire from, WorkspaceEvent event) {
    Followed feed = followed.get(event.getWorkspaceId());
    if (feed != null && rules.isNews(from.workspaces(), event.getWorkspaceId(), event.getSeq())) {
      feed.follower.event(event);
    }
  }

  @Override
  public void notWorkspaceOwner(Peer by, StreamWire from, long workspaceId) {
    owners.disappointed(FeedId.workspace(workspaceId), by);
    rules.notOwner(from.workspaces(), workspaceId);
  }

  @Override
  public void workspaceRefused(StreamWire from, long workspaceId) {
    rules.refused(from.workspaces(), workspaceId);
  }

  @Override
  public void trusted(StreamWire from, long workspaceId, long askedAt, long millis) {
    Followed feed = followed.get(workspaceId);
    if (feed != null) {
      feed.follower.trusted(workspaceId, askedAt, millis);
    }
  }

  @Override
  public void heads(Peer by, Wire from, HeadsMessage heads) {
    owners.answered(FeedId.workspace(heads.workspaceId()), by);
    watches.heads(from, heads.workspaceId(), heads.channelIds(), heads.seqs(), heads.more());
  }

  @Override
  public void notHeadOwner(Peer by, Wire from, long workspaceId) {
    owners.disappointed(FeedId.workspace(workspaceId), by);
    watched.notOwner(from, workspaceId);
  }

  @Override
  public void headsRefused(Wire from, long workspaceId) {
    watched.refused(from, workspaceId);
  }

  private void reroute() {
    subscriptions.reroute();
    watched.reroute();
    rules.reroute();
  }

  private void down(StreamWire wire) {
    subscriptions.down(wire);
    watched.down(wire.heads());
    rules.down(wire.workspaces());
  }

  private @Nullable Wire toAskForHeads(long workspaceId) {
    StreamWire owner = ownerOf(workspaceId);
    return owner == null ? null : owner.heads();
  }

  private @Nullable Wire toAskForRules(long workspaceId) {
    StreamWire owner = ownerOf(workspaceId);
    return owner == null ? null : owner.workspaces();
  }

  private @Nullable StreamWire ownerOf(long workspaceId) {
    FeedId feed = FeedId.workspace(workspaceId);
    StreamWire last = wire(owners.toAsk(feed));
    return last != null ? last : wire(owners.byTheView(feed));
  }

  /** What is to be said of a workspace's feed. */
  private record Applied(long seq, long askedAt) {

    Applied later(Applied other) {
      return new Applied(Math.max(seq, other.seq), Math.max(askedAt, other.askedAt));
    }
  }

  /** A workspace's feed that is followed, and where it came from last. */
  private static final class Followed implements Follower {

    private final WorkspaceFollower follower;
    private @Nullable StreamWire from;

    Followed(WorkspaceFollower follower) {
      this.follower = follower;
    }

    @Override
    public void started(long workspaceId, long head) {
      follower.started(workspaceId, head);
    }

    @Override
    public void moved(long workspaceId, long head) {
      follower.started(workspaceId, head);
    }

    @Override
    public void event(Parcel parcel) {
      throw new IllegalStateException("an event of a workspace does not come as a parcel");
    }
  }

  /** The streams on which channels are asked for. */
  private final class Asked implements Subscriptions.Owners {

    /** Without a stream to whom answered last, only the view says who is left to ask. */
    @Override
    public @Nullable Wire wire(long channelId) {
      Wire last = SubscribeStreams.this.wire(owners.toAsk(channelId));
      return last != null ? last : SubscribeStreams.this.wire(owners.byTheView(channelId));
    }

    @Override
    public @Nullable Wire relay(String serverId) {
      return SubscribeStreams.this.wire(ring.member(serverId));
    }
  }

  private @Nullable StreamWire wire(@Nullable Peer peer) {
    SubscribeStream stream = peer == null ? null : streams.get(peer);
    return stream == null ? null : stream.wire();
  }

  private void adopt(RingView view) {
    match();
    streams.values().forEach(stream -> stream.pass(view));
    reroute();
    ringChanged.run();
    Set<Peer> kept = new HashSet<>(seeds);
    ring.members()
        .forEach(member -> {
          kept.add(member);
          kept.add(Peer.at(member.address()));
        });
    links.retain(kept);
  }

  /** Opens and closes streams until they are those that there should be. */
  private void match() {
    if (closed) {
      return;
    }
    Set<Peer> wanted = wanted();
    for (Peer peer : List.copyOf(streams.keySet())) {
      if (!wanted.contains(peer)) {
        close(peer);
      }
    }
    wanted.stream().filter(peer -> !streams.containsKey(peer)).forEach(this::open);
  }

  private Set<Peer> wanted() {
    List<Peer> members = ring.members();
    Set<Peer> wanted = new HashSet<>(members);
    if (members.stream().noneMatch(links::isAnswering)) {
      seeds.stream()
          .filter(seed -> members.stream().noneMatch(m -> m.address().equals(seed.address())))
          .forEach(wanted::add);
    }
    return wanted;
  }

  private void close(Peer peer) {
    SubscribeStream stream = streams.remove(peer);
    if (stream != null) {
      StreamWire wire = stream.wire();
      stream.close();
      if (wire != null) {
        down(wire);
      }
    }
  }

  private void open(Peer peer) {
    try {
      SubscribeStream stream = new SubscribeStream(peer, links.to(peer), loop, this);
      streams.put(peer, stream);
      stream.pass(ring.view());
      stream.open();
    } catch (IllegalArgumentException e) {
      log.warn("{} cannot be called: {}", peer, e.getMessage());
    }
  }
}
