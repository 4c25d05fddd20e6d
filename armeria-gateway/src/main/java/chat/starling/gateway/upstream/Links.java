package chat.starling.gateway.upstream;

import chat.starling.gateway.routing.Peer;
import chat.starling.platform.time.MonotonicClock;
import io.netty.channel.EventLoopGroup;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The links to all channel servers that are called, made when they are needed. */
final class Links implements AutoCloseable {

  private final Map<Peer, Link> links = new ConcurrentHashMap<>();
  private final UpstreamSettings settings;
  private final EventLoopGroup loops;
  private final MonotonicClock clock;

  Links(UpstreamSettings settings, EventLoopGroup loops, MonotonicClock clock) {
    this.settings = settings;
    this.loops = loops;
    this.clock = clock;
  }

  /**
   * The link to the peer.
   *
   * @throws IllegalArgumentException if its host is no host name
   */
  Link to(Peer peer) {
    return links.computeIfAbsent(peer, to -> new Link(to, settings, loops, clock));
  }

  /** Whether a call to the peer has a chance now, as far as is known. */
  boolean isReachable(Peer peer) {
    Link link = links.get(peer);
    return link != null && link.isReachable();
  }

  /** Whether the stream to the peer stands. */
  boolean isAnswering(Peer peer) {
    Link link = links.get(peer);
    return link != null && link.isAnswering();
  }

  /** Circuits that are open now. */
  int open() {
    return (int) links.values().stream().filter(Link::isOpen).count();
  }

  /** Closes the links to all others. */
  void retain(Set<Peer> peers) {
    for (Peer peer : links.keySet()) {
      if (!peers.contains(peer)) {
        var _ = close(peer);
      }
    }
  }

  private CompletableFuture<?> close(Peer peer) {
    Link link = links.remove(peer);
    return link == null ? CompletableFuture.completedFuture(null) : link.close();
  }

  @Override
  public void close() {
    var all = links.keySet().stream().map(this::close).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).join();
  }
}
