package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.Ring;
import chat.starling.gateway.delivery.Delay;
import chat.starling.gateway.routing.KnownOwners;
import chat.starling.gateway.routing.KnownRing;
import chat.starling.gateway.routing.Peer;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams to all members of the ring, the views that come on them, and all that is followed and
 * watched on them. While no member answers there are streams to the seeds too. All on one event
 * loop.
 */
final class SubscribeStreams implements StreamEvents, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SubscribeStreams.class);

  private final Map<Peer, SubscribeStream> streams = new HashMap<>();
  private final KnownRing ring;
  private final Links links;
  private final List<Peer> seeds;
  private final EventLoop loop;
  private final Runnable ringChanged;
  private final FollowedChannels channels;
  private final FollowedWorkspaces workspaces;
  private final WatchedHeads heads;
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
    this.links = links;
    this.seeds = seeds;
    this.loop = loop;
    this.ringChanged = ringChanged;
    OwnerWires wires = new OwnerWires(owners, this::wire);
    Delay delay = new LoopDelay(loop);
    RandomGenerator dice = () -> ThreadLocalRandom.current().nextLong();
    this.channels = new FollowedChannels(loop, wires, ring, delay, dice);
    this.workspaces = new FollowedWorkspaces(loop, wires, delay, dice);
    this.heads = new WatchedHeads(loop, wires, delay, dice);
    loop.execute(this::match);
  }

  @Override
  public FollowedChannels channels() {
    return channels;
  }

  @Override
  public FollowedWorkspaces workspaces() {
    return workspaces;
  }

  @Override
  public WatchedHeads heads() {
    return heads;
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

  private void reroute() {
    channels.reroute();
    heads.reroute();
    workspaces.reroute();
  }

  private void down(StreamWire wire) {
    channels.down(wire);
    heads.down(wire);
    workspaces.down(wire);
  }

  private @Nullable StreamWire wire(Peer peer) {
    SubscribeStream stream = streams.get(peer);
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
