package chat.starling.channel.ownership;

import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingView;
import java.util.Set;

/**
 * How many shards one server hands over at a time. Whoever receives has to claim them and to wake
 * their feeds, for which users wait, and may have just started: so a server that joins gets no more
 * at a time from all others together than one that leaves hands out.
 */
final class MovePace {

  private final OwnershipSettings settings;
  private int limit;

  MovePace(OwnershipSettings settings) {
    this.settings = settings;
    limit = settings.parallelMoves();
  }

  /**
   * Takes a newer view.
   *
   * @param receivers the servers that shall have shards which this server has now
   */
  void view(RingView view, Set<String> receivers) {
    if (!view.hasActive()) {
      limit = settings.parallelClaims(); // nobody is there to be overwhelmed
      return;
    }
    int active =
        (int)
            view.members().stream().filter(member -> member.state() == MemberState.ACTIVE).count();
    int givers = Math.max(1, active - receivers.size());
    int share = settings.parallelMoves() * receivers.size() / givers;
    limit = Math.clamp(share, 1, settings.parallelMoves());
  }

  /** How many shards may be on their way at once. */
  int limit() {
    return limit;
  }
}
