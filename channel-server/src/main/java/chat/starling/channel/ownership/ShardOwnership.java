package chat.starling.channel.ownership;

import static java.util.Comparator.comparingInt;

import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All shards of one server: moves what it owns towards what the view says it shall own.
 *
 * <p>It claims a shard when the view gives it one that nobody has: never claimed, given up, or left
 * by an incarnation that is over. It gives up a shard when the view has it elsewhere, a few at a
 * time, each counted until somebody has claimed it. What it knows of the rows comes from bulk
 * reads, often while something moves, seldom otherwise; they may be a little old, since every claim
 * and release compares with the row that was seen.
 *
 * <p>All servers give up slice after slice. So what moves together lies together, takes few
 * transactions, and who waits for it knows where to look next.
 */
final class ShardOwnership {

  /** How much less often than what comes next a slice is read whose turn comes later. */
  private static final int LATER = 25;

  /** How much more often than other slices one may be read that somebody asks for. */
  private static final int SOUGHT = 2;

  private final OwnershipSettings settings;
  private final EndedIncarnations ended;
  private final Rules rules;
  private final Consumer<Effect> out;
  private final List<ShardSlot> slots = new ArrayList<>();
  private final List<ShardSlot> bySlice;
  private final SliceReads reads;
  private final MovePace pace;
  private final Map<String, Long> leaseReads = new HashMap<>();
  private final Set<String> leasesAsked = new HashSet<>();

  private RingView view = RingView.EMPTY;
  private final boolean[] wanted;
  private final boolean[] elsewhere;
  private @Nullable Incarnation self;
  private boolean leaving;

  /** Every shard is where it shall be: until something happens, a look at all would be in vain. */
  private boolean settled;

  /**
   * @param shards how many of the shards there are; all of them but in simulations
   */
  ShardOwnership(
      OwnershipSettings settings,
      EndedIncarnations ended,
      Rules rules,
      OwnedShards owned,
      int shards,
      Consumer<Effect> out) {
    this.settings = settings;
    this.ended = ended;
    this.rules = rules;
    this.out = out;
    this.reads = new SliceReads(out);
    this.pace = new MovePace(settings);
    for (int i = 0; i < shards; i++) {
      slots.add(new ShardSlot(new Shard(i), owned, out));
    }
    bySlice = slots.stream().sorted(comparingInt(slot -> ShardOwner.slice(slot.shard()))).toList();
    wanted = new boolean[shards];
    elsewhere = new boolean[shards];
  }

  /** Owns for this incarnation from now on. */
  void begin(Incarnation incarnation) {
    self = incarnation;
    settled = false;
  }

  void view(RingView newer) {
    view = newer;
    settled = false;
    Set<String> receivers = new HashSet<>();
    for (ShardSlot slot : slots) {
      Member owner = view.ownerOf(slot.shard());
      boolean mine = owner != null && self != null && owner.is(self.serverId(), self.number());
      wanted[slot.shard().index()] = mine;
      elsewhere[slot.shard().index()] = owner != null && !mine;
      if (owner != null && !mine && slot.stage() == ShardSlot.Stage.OWNED) {
        receivers.add(owner.serverId());
      }
    }
    pace.view(view, receivers);
  }

  /** Gives up everything, even where nobody is there to take it. */
  void leave() {
    leaving = true;
    settled = false;
  }

  /** Whether the server has no shard and nothing of its own is on its way. */
  boolean isEmpty() {
    return slots.stream().allMatch(slot -> slot.stage() == ShardSlot.Stage.AWAY);
  }

  /** This incarnation is over. */
  void loseAll() {
    slots.forEach(ShardSlot::lose);
    settled = false;
  }

  void read(int slice, @Nullable List<ShardOwner> rows, long now) {
    reads.answered(slice);
    if (rows != null) {
      Map<Shard, ShardOwner> found = new HashMap<>();
      rows.forEach(row -> found.put(row.shard(), row));
      for (int i = slice; i < slots.size(); i += ShardOwner.SLICES) {
        ShardSlot slot = slots.get(i);
        ShardOwner row = found.getOrDefault(slot.shard(), ShardOwner.none(slot.shard()));
        settled &= !slot.learn(row, now);
      }
    }
  }

  void replaced(ShardOwner next, Outcome<ShardOwner> outcome, long now) {
    slots.get(next.shard().index()).answer(next, outcome, now);
    settled = false;
  }

  void leaseRead(String serverId) {
    leasesAsked.remove(serverId);
  }

  void finished(Shard shard) {
    ShardSlot slot = slots.get(shard.index());
    if (slot.stage() == ShardSlot.Stage.FINISHING) {
      slot.release();
      settled = false;
    }
  }

  /**
   * Takes the next steps.
   *
   * @param sound whether the server's own lease is valid
   */
  void advance(boolean sound, long now) {
    if (settled) {
      return;
    }
    int claims = 0;
    int moves = 0;
    boolean all = true;
    for (ShardSlot slot : slots) {
      all &= isSettled(slot, now);
      claims += slot.stage() == ShardSlot.Stage.CLAIMING ? 1 : 0;
      moves += isMoving(slot, now) ? 1 : 0;
    }
    for (ShardSlot slot : bySlice) {
      ShardOwner row = slot.row();
      if (slot.stage() == ShardSlot.Stage.AWAY && row != null && row.isBy(self)) {
        settleStray(slot, row);
      } else if (slot.stage() == ShardSlot.Stage.AWAY && wants(slot) && sound && row != null) {
        claims += claims < settings.parallelClaims() && claim(slot, row, now) ? 1 : 0;
      } else if (slot.stage() == ShardSlot.Stage.OWNED && gives(slot)) {
        moves += moves < pace.limit() && slot.finish() ? 1 : 0;
      }
    }
    settled = all;
  }

  /** Reads the slices that are due. */
  void poll(long now) {
    if (settled) {
      for (int slice = 0; slice < Math.min(ShardOwner.SLICES, slots.size()); slice++) {
        reads.readIfDue(slice, settings.idlePoll().toNanos(), now);
      }
      return;
    }
    Map<Incarnation, Integer> awaited = new HashMap<>();
    for (ShardSlot slot : bySlice) {
      reads.readIfDue(ShardOwner.slice(slot.shard()), interval(slot, awaited, now), now);
    }
  }

  /** Looks soon whether a shard that this server waits for has been given up. */
  void sought(Shard shard, long now) {
    ShardSlot slot = slots.get(shard.index());
    ShardOwner row = slot.row();
    if (slot.stage() == ShardSlot.Stage.AWAY && wants(slot) && row != null && isHeld(row)) {
      reads.readIfDue(
          ShardOwner.slice(shard), settings.movePoll().dividedBy(SOUGHT).toNanos(), now);
    }
  }

  private boolean wants(ShardSlot slot) {
    return wanted[slot.shard().index()] && !leaving;
  }

  private boolean gives(ShardSlot slot) {
    return elsewhere[slot.shard().index()] || leaving;
  }

  /** No step is to be taken, and none becomes due by lapse of time. */
  private boolean isSettled(ShardSlot slot, long now) {
    ShardOwner row = slot.row();
    if (row == null || slot.inDoubt()) {
      return false;
    }
    return switch (slot.stage()) {
      case OWNED -> !gives(slot);
      case AWAY -> !wants(slot) && !row.isBy(self) && !isHanding(slot, now);
      case CLAIMING, FINISHING, RELEASING -> false;
    };
  }

  private boolean isMoving(ShardSlot slot, long now) {
    return switch (slot.stage()) {
      case FINISHING, RELEASING -> true;
      case AWAY -> isHanding(slot, now);
      case CLAIMING, OWNED -> false;
    };
  }

  private boolean isHanding(ShardSlot slot, long now) {
    return elsewhere[slot.shard().index()] && slot.handing(now, settings.lease().toNanos());
  }

  /** A claim of this incarnation that landed after it was thought lost. */
  private void settleStray(ShardSlot slot, ShardOwner row) {
    if (wants(slot)) {
      slot.adopt(row);
    } else {
      slot.release();
    }
  }

  private boolean claim(ShardSlot slot, ShardOwner row, long now) {
    Incarnation owner = row.owner();
    if (self == null || !(owner == null || rules.claimable(hasEnded(owner, now)))) {
      return false;
    }
    slot.claim(row, self);
    return true;
  }

  private boolean hasEnded(Incarnation owner, long now) {
    boolean over = ended.has(owner.serverId(), owner.number());
    if (!over && !view.has(owner.serverId(), owner.number())) {
      readLease(owner.serverId(), now);
    }
    return over;
  }

  private void readLease(String serverId, long now) {
    Long before = leaseReads.get(serverId);
    boolean due = before == null || now - before >= settings.lookInterval().toNanos();
    if (due && leasesAsked.add(serverId)) {
      leaseReads.put(serverId, now);
      out.accept(new Effect.ReadLease(serverId, LeaseReader.CLAIMER));
    }
  }

  /**
   * How often the slot's row is to be looked at.
   *
   * @param awaited how many shards of each holder are waited for in the slices before
   */
  private long interval(ShardSlot slot, Map<Incarnation, Integer> awaited, long now) {
    ShardOwner row = slot.row();
    Duration often = settings.movePoll();
    Duration seldom = settings.idlePoll();
    if (row == null || slot.inDoubt()) {
      return often.toNanos();
    }
    if (slot.stage() != ShardSlot.Stage.AWAY) {
      return seldom.toNanos();
    }
    Incarnation holder = row.owner();
    if (wants(slot) && holder != null && isHeld(row)) {
      // A holder gives up no more than these at a time, in this order.
      boolean next = awaited.merge(holder, 1, Integer::sum) <= settings.parallelMoves();
      return Math.min((next ? often : often.multipliedBy(LATER)).toNanos(), seldom.toNanos());
    }
    return (isHanding(slot, now) ? often : seldom).toNanos();
  }

  /**
   * Whether somebody has the shard who may still give it up; of a dead owner no more is to come.
   */
  private boolean isHeld(ShardOwner row) {
    Incarnation owner = row.owner();
    return owner != null && !ended.has(owner.serverId(), owner.number());
  }
}
