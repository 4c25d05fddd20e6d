package chat.starling.channel.owner;

import chat.starling.channel.ownership.Effect;
import chat.starling.channel.ownership.Event;
import chat.starling.channel.ownership.Outcome;
import chat.starling.channel.ownership.OwnedShards;
import chat.starling.channel.ownership.Ownership;
import chat.starling.channel.ownership.OwnershipSettings;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.time.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a server's {@link Ownership} on one loop: feeds it time and the store's answers, and
 * carries out what it wants. An incarnation that was fenced is followed by another.
 */
public final class OwnershipDriver {

  private static final Logger log = LoggerFactory.getLogger(OwnershipDriver.class);
  private static final Duration TICK = Duration.ofMillis(50);

  /**
   * Who the server is.
   *
   * @param serverId names it across its restarts
   * @param address host:port at which others reach it
   */
  public record Self(String serverId, String address) {}

  /** Makes the machine of one incarnation. */
  @FunctionalInterface
  public interface Machines {

    /** A machine that has not begun; its parameters are those of {@link Ownership}. */
    Ownership make(
        Self self,
        long firstCounter,
        OwnershipSettings settings,
        RingHolder ring,
        OwnedShards owned,
        Consumer<Effect> out);
  }

  private record Life(Self self, ShardKeeper keeper, Consumer<RingView> onView) {}

  private final Machines machines;
  private final OwnershipSettings settings;
  private final OwnershipStores stores;
  private final RingHolder ring;
  private final LongSupplier random;
  private final Loop loop;
  private final MonotonicClock clock;
  private final OwnedShards owned = new OwnedShards();
  private final ArrayDeque<Effect> effects = new ArrayDeque<>();
  private final Set<Shard> sought = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();

  private volatile @Nullable Life life;
  private volatile @Nullable Ownership current;
  private boolean stopping;
  private int seen;
  private int told;

  /**
   * A driver that has not begun.
   *
   * @param ring where the newest view is kept for everybody to read
   * @param random for what must differ between two processes
   */
  public OwnershipDriver(
      OwnershipSettings settings,
      OwnershipStores stores,
      RingHolder ring,
      LongSupplier random,
      Loop loop,
      MonotonicClock clock) {
    this(OwnershipDriver::machine, settings, stores, ring, random, loop, clock);
  }

  OwnershipDriver(
      Machines machines,
      OwnershipSettings settings,
      OwnershipStores stores,
      RingHolder ring,
      LongSupplier random,
      Loop loop,
      MonotonicClock clock) {
    this.machines = machines;
    this.settings = settings;
    this.stores = stores;
    this.ring = ring;
    this.random = random;
    this.loop = loop;
    this.clock = clock;
  }

  private static Ownership machine(
      Self self,
      long firstCounter,
      OwnershipSettings settings,
      RingHolder ring,
      OwnedShards owned,
      Consumer<Effect> out) {
    return new Ownership(self.serverId(), self.address(), firstCounter, settings, ring, owned, out);
  }

  /**
   * Begins the first incarnation; once.
   *
   * @param onView is told of each newer view, on the loop
   * @return completes when the server has all shards that its view gives it, for the first time
   */
  public CompletionStage<Void> start(Self self, ShardKeeper keeper, Consumer<RingView> onView) {
    life = new Life(self, keeper, onView);
    loop.execute(() -> {
      begin();
      tick();
    });
    return settled;
  }

  /** Gives everything up in good order; completes once the server has left the ring. */
  public CompletionStage<Void> stop() {
    loop.execute(() -> {
      stopping = true;
      on(new Event.Stop());
    });
    return left;
  }

  /** Whether the server may act as owner at this moment. From any thread. */
  public boolean valid() {
    Ownership now = current;
    return now != null && now.validAt(clock.nanos());
  }

  /** How long it may without another renewal, 0 when it may not. From any thread. */
  public Duration remaining() {
    Ownership now = current;
    return now == null ? Duration.ZERO : now.remainingAt(clock.nanos());
  }

  /** The incarnation that holds the lease; 0 before the first. From any thread. */
  public long incarnation() {
    Ownership now = current;
    return now == null ? 0 : now.incarnation();
  }

  /** The shards that the server has. */
  public OwnedShards owned() {
    return owned;
  }

  /** Somebody passed on a view. From any thread. */
  public void heard(RingView view) {
    if (view.version() > ring.current().version()) {
      loop.execute(() -> on(new Event.ViewHeard(view)));
    }
  }

  /** Somebody asked for a feed of a shard that this server shall have. From any thread. */
  public void sought(Shard shard) {
    if (sought.add(shard)) {
      loop.execute(() -> {
        sought.remove(shard);
        on(new Event.Sought(shard));
      });
    }
  }

  private Life life() {
    return Objects.requireNonNull(life, "not started");
  }

  private void begin() {
    current = machines.make(life().self(), random.getAsLong(), settings, ring, owned, effects::add);
  }

  private void tick() {
    if (!left.isDone()) {
      on(new Event.Tick());
      tellShards();
      loop.schedule(this::tick, TICK);
    }
  }

  /** Says how many shards the server has once that has stopped changing. */
  private void tellShards() {
    int count = owned.count();
    if (count == seen && count != told) {
      told = count;
      log.info("has {} shards", count);
    }
    // While the count changes, a look at all shards could only be in vain.
    if (!settled.isDone() && count == seen && hasItsShare()) {
      settled.complete(null);
    }
    seen = count;
  }

  private boolean hasItsShare() {
    RingView view = ring.current();
    String id = life().self().serverId();
    if (!view.has(id, incarnation())) {
      return false;
    }
    for (int i = 0; i < Shard.COUNT; i++) {
      Shard shard = new Shard(i);
      Member owner = view.ownerOf(shard);
      if (owner != null && owner.serverId().equals(id) && owned.epochOf(shard) == 0) {
        return false;
      }
    }
    return true;
  }

  private void on(Event event) {
    Ownership machine = current;
    if (machine == null) {
      return;
    }
    machine.on(event, clock.nanos());
    while (!effects.isEmpty()) {
      carryOut(effects.remove(), machine);
    }
  }

  private void carryOut(Effect effect, Ownership asker) {
    switch (effect) {
      case Effect.Ask ask -> ask(ask, asker);
      case Effect.NewView(RingView view) -> life().onView().accept(view);
      case Effect.Opened(Shard shard, long epoch) -> life().keeper().opened(shard, epoch);
      case Effect.Finish(Shard shard, long _) ->
          life().keeper().finish(shard, () -> answer(new Event.Finished(shard), asker));
      case Effect.Lost(Shard shard, long _) -> life().keeper().lost(shard);
      case Effect.Gone _ -> gone();
      case Effect.Left _ -> left.complete(null);
    }
  }

  private void ask(Effect.Ask ask, Ownership asker) {
    switch (ask) {
      case Effect.ReadLease read ->
          answer(
              stores.leases().read(read.serverId()), row -> new Event.LeaseRead(read, row), asker);
      case Effect.ReplaceLease replace ->
          answer(
              stores.leases().replace(replace.serverId(), replace.seen(), replace.next()),
              outcome -> new Event.LeaseReplaced(replace, known(outcome)),
              asker);
      case Effect.ReadRing read ->
          answer(stores.ring().read(), view -> new Event.RingRead(read, view), asker);
      case Effect.ReplaceRing replace ->
          answer(
              stores.ring().replace(replace.seen(), replace.next()),
              outcome -> new Event.RingReplaced(replace, known(outcome)),
              asker);
      case Effect.ReadSlice read ->
          answer(
              stores.owners().read(read.slice()), rows -> new Event.SliceRead(read, rows), asker);
      case Effect.ReplaceOwner replace ->
          answer(
              stores.owners().replace(replace.seen(), replace.next()),
              outcome -> new Event.OwnerReplaced(replace, known(outcome)),
              asker);
    }
  }

  /** Null stands for an answer that did not come. */
  private <T> void answer(
      CompletionStage<T> question, Function<@Nullable T, Event> event, Ownership asker) {
    question.whenComplete(
        (value, fault) -> answer(event.apply(fault == null ? value : null), asker));
  }

  private void answer(Event event, Ownership asker) {
    loop.execute(() -> {
      if (current == asker) {
        on(event);
      }
    });
  }

  private static <R> Outcome<R> known(@Nullable Outcome<R> outcome) {
    return outcome == null ? new Outcome.Unknown<>() : outcome;
  }

  private void gone() {
    log.warn(
        "{} was fenced: somebody saw no renewal of its lease for too long",
        life().self().serverId());
    if (stopping) {
      left.complete(null);
    } else {
      begin();
    }
  }
}
