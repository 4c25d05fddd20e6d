package chat.starling.gateway.routing;

import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.settings.HostPort;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest view of the ring that this gateway has heard of, and who has left it. Views may be
 * offered and read on any thread; while none comes the last one stays.
 */
public final class KnownRing {

  private static final int DEPARTED_LIMIT = 1000;

  private volatile Known known = new Known(RingView.EMPTY, Map.of(), Set.of());

  /** Takes the view if it is newer than the current one; says whether it was. */
  public synchronized boolean offer(RingView view) {
    if (view.version() <= known.view.version()) {
      return false;
    }
    known = known.followedBy(view);
    return true;
  }

  /** The newest view; {@link RingView#EMPTY} before the first. */
  public RingView view() {
    return known.view;
  }

  /** No view has come yet. */
  public boolean isUnknown() {
    return known.view.version() == 0;
  }

  /** The members in the order of their ids, without those whose address cannot be called. */
  public List<Peer> members() {
    Known now = known;
    return now.view.members().stream()
        .map(member -> now.peers.get(member.serverId()))
        .filter(peer -> peer != null)
        .toList();
  }

  /** The member with this id; null when there is none who could be called. */
  public @Nullable Peer member(String serverId) {
    return known.peers.get(serverId);
  }

  /** Who shall own the shard; null when nobody shall who could be called. */
  @Nullable Peer ownerOf(Shard shard) {
    Known now = known;
    Member owner = now.view.ownerOf(shard);
    return owner == null ? null : now.peers.get(owner.serverId());
  }

  /** Whether this very incarnation at this address is a member, active or draining. */
  boolean has(Peer peer) {
    return peer.equals(known.peers.get(peer.serverId()));
  }

  /** The member at the address, or whoever answers there. */
  Peer at(HostPort address) {
    return known.peers.values().stream()
        .filter(peer -> peer.address().equals(address))
        .findFirst()
        .orElseGet(() -> Peer.at(address));
  }

  /** A member had this address in an earlier view, and none has it now. */
  boolean hasLeft(HostPort address) {
    return known.departed.contains(address);
  }

  private record Known(RingView view, Map<String, Peer> peers, Set<HostPort> departed) {

    Known followedBy(RingView next) {
      Map<String, Peer> nextPeers = new HashMap<>();
      next.members()
          .forEach(member -> {
            Peer peer = callable(member);
            if (peer != null) {
              nextPeers.put(member.serverId(), peer);
            }
          });
      return new Known(next, nextPeers, departed(nextPeers));
    }

    private Set<HostPort> departed(Map<String, Peer> nextPeers) {
      Set<HostPort> gone = new LinkedHashSet<>(departed);
      peers.values().forEach(peer -> gone.add(peer.address()));
      gone.removeAll(nextPeers.values().stream().map(Peer::address).collect(Collectors.toSet()));
      while (gone.size() > DEPARTED_LIMIT) {
        gone.remove(gone.iterator().next());
      }
      return gone;
    }

    private static @Nullable Peer callable(Member member) {
      try {
        return Peer.of(member);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }
}
