package chat.starling.channel.ownership;

import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The server's place in the ring, and the removal of others that are over.
 *
 * <p>It makes one change at a time, on the newest view that it knows. Whatever the answer was, the
 * next change starts from the view that the store showed: a change that turned out to be done
 * already is not made again. While the store does not answer, the last view stays.
 */
final class Membership {

  /** What the server wants to be. */
  private enum Wish {
    OUT,
    ACTIVE,
    DRAINING,
    LEFT
  }

  private final String serverId;
  private final String address;
  private final long pollNanos;
  private final long retryNanos;
  private final RingHolder ring;
  private final EndedIncarnations ended;
  private final Consumer<Effect> out;

  private Wish wish = Wish.OUT;
  private long incarnation;
  private boolean asking;
  private boolean inDoubt = true;
  private boolean asked;
  private long lastAsked;

  Membership(
      String serverId,
      String address,
      OwnershipSettings settings,
      RingHolder ring,
      EndedIncarnations ended,
      Consumer<Effect> out) {
    this.serverId = serverId;
    this.address = address;
    this.pollNanos = settings.idlePoll().toNanos();
    this.retryNanos = settings.movePoll().toNanos();
    this.ring = ring;
    this.ended = ended;
    this.out = out;
  }

  /** Wants to be an active member in this incarnation, whose lease has begun. */
  void want(long begunIncarnation) {
    incarnation = begunIncarnation;
    wish = Wish.ACTIVE;
  }

  void wantToDrain() {
    wish = Wish.DRAINING;
  }

  void wantToLeave() {
    wish = Wish.LEFT;
  }

  /** Whether the newest view has this incarnation. */
  boolean isMember() {
    return ring.current().has(serverId, incarnation);
  }

  /** Whether the newest view has this incarnation as one that takes no work. */
  boolean isDraining() {
    return ring.current()
        .member(serverId)
        .filter(member -> member.incarnation() == incarnation)
        .filter(member -> member.state() == MemberState.DRAINING)
        .isPresent();
  }

  /** Whether the store has said that this incarnation is no member, and nothing is in doubt. */
  boolean isOut() {
    return !inDoubt && !asking && !isMember();
  }

  /**
   * Makes the next change, or looks at the ring when it is time.
   *
   * @param sound whether the server's own lease is valid; no other server joins, so nobody takes
   *     the place of his own successor
   */
  void tick(boolean sound, long now) {
    if (asking) {
      return;
    }
    RingView next = inDoubt ? null : change(ring.current(), sound);
    if (next != null) {
      ask(new Effect.ReplaceRing(ring.current(), next), now);
    } else if (now - lastAsked >= (inDoubt ? retryNanos : pollNanos) || !asked) {
      ask(new Effect.ReadRing(), now);
    }
  }

  private void ask(Effect.Ask question, long now) {
    asking = true;
    asked = true;
    lastAsked = now;
    out.accept(question);
  }

  /** The ring as the store has it; null when it did not say. */
  void read(@Nullable RingView view) {
    asking = false;
    if (view != null) {
      inDoubt = false;
      hear(view);
    }
  }

  void replaced(RingView next, Outcome<RingView> outcome) {
    asking = false;
    switch (outcome) {
      case Outcome.Applied<RingView> _ -> hear(next);
      case Outcome.Refused<RingView>(RingView current) -> hear(current);
      case Outcome.Unknown<RingView> _ -> inDoubt = true;
    }
  }

  /**
   * Action Learn of docs/spec/Ring.tla: a view from anywhere; only a newer one changes anything.
   */
  void hear(RingView view) {
    if (ring.offer(view)) {
      out.accept(new Effect.NewView(view));
    }
  }

  private @Nullable RingView change(RingView view, boolean sound) {
    for (Member member : view.members()) {
      if (ended.has(member.serverId(), member.incarnation())) {
        return remove(view, member);
      }
    }
    Member self = view.member(serverId).filter(m -> m.incarnation() == incarnation).orElse(null);
    return switch (wish) {
      case OUT -> null;
      case ACTIVE -> self == null && sound ? join(view) : null;
      case DRAINING ->
          self != null && self.state() == MemberState.ACTIVE ? drain(view, self) : null;
      case LEFT -> self != null ? leave(view) : null;
    };
  }

  /** Action Join of docs/spec/Ring.tla. */
  private RingView join(RingView view) {
    return view.with(
        new Member(serverId, incarnation, address, MemberState.ACTIVE, freeWorker(view)));
  }

  /** Action Drain of docs/spec/Ring.tla. */
  private static RingView drain(RingView view, Member self) {
    return view.with(self.draining());
  }

  /** Action Leave of docs/spec/Ring.tla. */
  private RingView leave(RingView view) {
    return view.without(serverId, incarnation);
  }

  /** Action Remove of docs/spec/Ring.tla: the member's incarnation is over. */
  private static RingView remove(RingView view, Member member) {
    return view.without(member.serverId(), member.incarnation());
  }

  /** Starts its search elsewhere in each version, so that a number is not soon used again. */
  private int freeWorker(RingView view) {
    Set<Integer> taken =
        view.members().stream()
            .filter(member -> !member.serverId().equals(serverId))
            .map(Member::worker)
            .collect(Collectors.toSet());
    int numbers = Snowflake.MAX_WORKER + 1;
    for (int i = 0; i < numbers; i++) {
      int worker = (int) ((view.version() + i) % numbers);
      if (!taken.contains(worker)) {
        return worker;
      }
    }
    throw new IllegalStateException("members: " + taken.size() + " (expected: at most 1023)");
  }
}
