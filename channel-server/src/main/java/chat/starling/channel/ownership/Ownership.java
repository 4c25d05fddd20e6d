package chat.starling.channel.ownership;

import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One server's whole part in the ownership of shards, for one incarnation: it begins a lease, joins
 * the ring, watches its neighbours, claims and gives up shards, and at last leaves or finds itself
 * fenced.
 *
 * <p>One thread feeds it events, each with the time of the server's monotonic clock in nanoseconds
 * read when the event is handled, and carries out the effects, which it must not do before {@link
 * #on} has returned. A {@link Event.Tick} comes at least every 50 ms. Only {@link #validAt} may be
 * called from any thread.
 */
public final class Ownership {

  private final String serverId;
  private final OwnershipSettings settings;
  private final Rules rules;
  private final RingHolder ring;
  private final Consumer<Effect> out;
  private final EndedIncarnations ended = new EndedIncarnations();
  private final Lease lease;
  private final Membership membership;
  private final ShardOwnership shards;
  private final Map<String, Watch> watches = new HashMap<>();

  private long viewVersion = -1;
  private @Nullable Incarnation self;
  private volatile long incarnation;
  private boolean stopping;
  private boolean over;

  /**
   * A server that has not begun yet.
   *
   * @param serverId names the server across its restarts
   * @param address host:port at which other servers reach it
   * @param firstCounter a random number, new for every start
   * @param ring where the newest view is kept for everybody to read
   * @param owned where the shards of this server are kept for everybody to read
   */
  public Ownership(
      String serverId,
      String address,
      long firstCounter,
      OwnershipSettings settings,
      RingHolder ring,
      OwnedShards owned,
      Consumer<Effect> out) {
    this(serverId, address, firstCounter, settings, ring, owned, out, Rules.ALL, Shard.COUNT);
  }

  Ownership(
      String serverId,
      String address,
      long firstCounter,
      OwnershipSettings settings,
      RingHolder ring,
      OwnedShards owned,
      Consumer<Effect> out,
      Rules rules,
      int shardCount) {
    this.serverId = serverId;
    this.settings = settings;
    this.rules = rules;
    this.ring = ring;
    this.out = out;
    lease = new Lease(serverId, firstCounter, settings, rules, out);
    membership = new Membership(serverId, address, settings, ring, ended, out);
    shards = new ShardOwnership(settings, ended, rules, owned, shardCount, out);
    watches.put(serverId, new Watch(serverId, settings, rules, out));
  }

  /**
   * Whether the server may act as the owner of its shards at this moment of its clock: to be asked
   * after the store has answered and before anything is acked or shown. False before the lease has
   * begun, while it has run out, and for ever once it is fenced. From any thread.
   */
  public boolean validAt(long nanos) {
    return lease.validAt(nanos);
  }

  /** For how long {@link #validAt} stays true without another renewal; zero when it is not. */
  public Duration remainingAt(long nanos) {
    return lease.remainingAt(nanos);
  }

  /** The incarnation that this server is; 0 before its lease has begun. From any thread. */
  public long incarnation() {
    return incarnation;
  }

  /** Takes an event at a moment of the server's monotonic clock. */
  public void on(Event event, long now) {
    if (over) {
      return;
    }
    take(event, now);
    advance(now);
    if (lease.stage() == Lease.Stage.HELD && concernsShards(event)) {
      shards.advance(lease.validAt(now), now);
    }
  }

  /** Other events change nothing that a tick would not see soon enough. */
  private static boolean concernsShards(Event event) {
    return event instanceof Event.Tick
        || event instanceof Event.SliceRead
        || event instanceof Event.OwnerReplaced;
  }

  private void take(Event event, long now) {
    switch (event) {
      case Event.Tick _ -> {
        lease.tick(now);
        membership.tick(lease.validAt(now), now);
        watches.values().forEach(watch -> watch.tick(now));
        shards.poll(now);
      }
      case Event.LeaseRead(Effect.ReadLease request, LeaseRow row) -> leaseRead(request, row, now);
      case Event.LeaseReplaced(Effect.ReplaceLease request, Outcome<LeaseRow> outcome) ->
          leaseReplaced(request, outcome, now);
      case Event.RingRead(_, RingView view) -> membership.read(view);
      case Event.RingReplaced(Effect.ReplaceRing request, Outcome<RingView> outcome) ->
          membership.replaced(request.next(), outcome);
      case Event.SliceRead(Effect.ReadSlice request, List<ShardOwner> rows) ->
          shards.read(request.slice(), rows, now);
      case Event.OwnerReplaced(Effect.ReplaceOwner request, Outcome<ShardOwner> outcome) ->
          shards.replaced(request.next(), outcome, now);
      case Event.ViewHeard(RingView view) -> membership.hear(view);
      case Event.Finished(Shard shard) -> shards.finished(shard);
      case Event.Sought(Shard shard) -> shards.sought(shard, now);
      case Event.Stop _ -> stopping = true;
    }
  }

  private void leaseRead(Effect.ReadLease request, @Nullable LeaseRow row, long now) {
    if (row != null) {
      ended.learn(request.serverId(), row);
    }
    switch (request.reader()) {
      case HOLDER -> lease.read(row, now);
      case CLAIMER -> shards.leaseRead(request.serverId());
      case WATCHER -> {
        Watch watch = watches.get(request.serverId());
        if (watch != null) {
          watch.look(row, mayFence(request.serverId(), now), now);
        }
      }
    }
  }

  /** Who cannot renew himself does not judge others; what is left of oneself anybody may end. */
  private boolean mayFence(String target, long now) {
    return target.equals(serverId) || lease.validAt(now);
  }

  private void leaseReplaced(Effect.ReplaceLease request, Outcome<LeaseRow> outcome, long now) {
    if (request.reader() == LeaseReader.HOLDER) {
      lease.answer(outcome, now);
      return;
    }
    if (outcome instanceof Outcome.Applied<LeaseRow>) {
      ended.learn(request.serverId(), request.next());
    }
    Watch watch = watches.get(request.serverId());
    if (watch != null) {
      watch.fenced(request.next(), outcome, now);
    }
  }

  private void advance(long now) {
    switch (lease.stage()) {
      case NONE -> begin(now);
      case HELD -> serve();
      case CLOSING -> {}
      case CLOSED -> leave();
      case GONE -> end(new Effect.Gone());
    }
  }

  private void begin(long now) {
    if (stopping && !lease.beginning()) {
      end(new Effect.Left());
      return;
    }
    LeaseRow predecessor = Objects.requireNonNull(watches.get(serverId)).seen();
    if (predecessor != null && rules.beginnable(predecessor)) {
      lease.begin(predecessor, now);
    }
  }

  private void serve() {
    if (self == null) {
      self = new Incarnation(serverId, lease.incarnation());
      incarnation = self.number();
      watches.remove(serverId);
      shards.begin(self);
      membership.want(self.number());
    }
    if (ring.current().version() != viewVersion) {
      newView(ring.current());
    }
    if (stopping) {
      stop();
    }
  }

  private void newView(RingView view) {
    viewVersion = view.version();
    shards.view(view);
    List<String> targets =
        Neighbours.after(view, serverId, settings.neighboursWatched()).stream()
            .map(Member::serverId)
            .toList();
    watches.keySet().retainAll(targets);
    targets.forEach(
        target -> watches.computeIfAbsent(target, t -> new Watch(t, settings, rules, out)));
  }

  /** Drains first; where nobody is left to take the shards, they are given up all the same. */
  private void stop() {
    membership.wantToDrain();
    if (!membership.isMember() || !ring.current().hasActive()) {
      shards.leave();
    }
    boolean drained = membership.isDraining() || !membership.isMember();
    if (drained && shards.isEmpty()) {
      lease.close();
    }
  }

  private void leave() {
    membership.wantToLeave();
    if (membership.isOut()) {
      end(new Effect.Left());
    }
  }

  private void end(Effect.Tell last) {
    over = true;
    lease.close();
    shards.loseAll();
    out.accept(last);
  }
}
