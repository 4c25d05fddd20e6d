package chat.starling.gateway.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The route of a call that any server can answer: the members in turn, those first that can be
 * reached and have not been tried; the seeds as long as no member can be reached.
 */
public final class SpreadRoute implements Route {

  private final KnownRing ring;
  private final List<Peer> seeds;
  private final Predicate<Peer> reachable;
  private final Set<Peer> tried = new HashSet<>();
  private final int turn;

  /**
   * @param reachable whether a server can be reached as far as is known
   * @param turn unlike that of the call before, so that calls spread
   */
  public SpreadRoute(KnownRing ring, List<Peer> seeds, Predicate<Peer> reachable, int turn) {
    this.ring = ring;
    this.seeds = seeds;
    this.reachable = reachable;
    this.turn = turn;
  }

  @Override
  public @Nullable Peer next() {
    List<Peer> all = candidates();
    if (tried.containsAll(all)) {
      tried.clear();
    }
    Peer best = first(all, peer -> reachable.test(peer) && !tried.contains(peer));
    best = best != null ? best : first(all, reachable);
    best = best != null ? best : first(all, peer -> !tried.contains(peer));
    if (best != null) {
      tried.add(best);
    }
    return best;
  }

  @Override
  public void answered(Peer by) {
    // says nothing of who answers the next call
  }

  /** The next one in turn is as good as whom it names. */
  @Override
  public boolean notOwner(Peer by, String hint) {
    return false;
  }

  @Override
  public void failed(Peer by) {
    // it has had its turn
  }

  @Override
  public boolean isRight(Peer asked) {
    return asked.serverId().isEmpty() || ring.has(asked);
  }

  @Override
  public boolean isNext(Peer asked) {
    return isRight(asked);
  }

  private List<Peer> candidates() {
    List<Peer> members = ring.members();
    if (members.stream().anyMatch(reachable)) {
      return members;
    }
    List<Peer> all = new ArrayList<>(members);
    seeds.stream()
        .filter(seed -> members.stream().noneMatch(m -> m.address().equals(seed.address())))
        .forEach(all::add);
    return all;
  }

  private @Nullable Peer first(List<Peer> all, Predicate<Peer> wanted) {
    for (int i = 0; i < all.size(); i++) {
      Peer peer = all.get(Math.floorMod(turn + i, all.size()));
      if (wanted.test(peer)) {
        return peer;
      }
    }
    return null;
  }
}
