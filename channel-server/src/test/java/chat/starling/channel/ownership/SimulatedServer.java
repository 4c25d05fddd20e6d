package chat.starling.channel.ownership;

import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server of a simulation: a process that runs the production machine by a clock of its own rate,
 * and can be frozen, killed and started again.
 */
final class SimulatedServer {

  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

  private final String id;
  private final SimulatedTime time;
  private final SimulatedNetwork network;
  private final SimulatedStore store;
  private final OwnershipSettings settings;
  private final Rules rules;
  private final int shards;
  private final boolean finishing;
  private final Random random;
  private final long clockOffset;
  private final double clockRate;
  private final BiConsumer<SimulatedServer, RingView> gossip;

  private @Nullable Ownership ownership;
  private RingHolder ring = new RingHolder();
  private final boolean[] acting;
  private List<Effect> outbox = new ArrayList<>();
  private final Queue<Event> frozen = new ArrayDeque<>();
  private boolean isFrozen;
  private int life;
  private boolean stopped = true;
  private boolean isGhost;
  private @Nullable Runnable atRenewalSent;
  private @Nullable Runnable atRenewalAnswered;

  SimulatedServer(
      String id,
      SimulatedTime time,
      SimulatedNetwork network,
      SimulatedStore store,
      OwnershipSettings settings,
      Rules rules,
      int shards,
      boolean finishing,
      Random random,
      BiConsumer<SimulatedServer, RingView> gossip) {
    this.id = id;
    this.time = time;
    this.network = network;
    this.store = store;
    this.settings = settings;
    this.rules = rules;
    this.shards = shards;
    this.finishing = finishing;
    this.acting = new boolean[shards];
    this.random = random;
    this.gossip = gossip;
    this.clockOffset = random.nextLong() / 4;
    this.clockRate = 1 + settings.clockRateTolerance() * (random.nextInt(3) - 1);
  }

  String id() {
    return id;
  }

  RingView view() {
    return ring.current();
  }

  /** Whether the process would act as the owner of a shard, were its lease valid. */
  boolean actsFor(int shard) {
    return acting[shard];
  }

  /** Whether the process acts as the shard's owner, should it be asked at this moment. */
  boolean owns(Shard shard) {
    return acting[shard.index()] && isSound();
  }

  boolean isSound() {
    return ownership != null && ownership.validAt(clock());
  }

  private long clock() {
    return clockOffset + (long) (time.now() * clockRate);
  }

  /** Starts the process, unless another has taken its place for good. */
  void start() {
    if (isGhost) {
      return;
    }
    life++;
    stopped = false;
    isFrozen = false;
    frozen.clear();
    ring = new RingHolder();
    Arrays.fill(acting, false);
    List<Effect> effects = new ArrayList<>();
    ownership =
        new Ownership(
            id,
            id + ":1",
            random.nextLong() >>> 2,
            settings,
            ring,
            new OwnedShards(),
            effects::add,
            rules,
            shards);
    outbox = effects;
    tick(life);
  }

  private void kill() {
    life++;
    stopped = true;
    ownership = null;
    Arrays.fill(acting, false);
    frozen.clear();
  }

  void stop() {
    receive(life, new Event.Stop());
  }

  void freeze() {
    isFrozen = true;
  }

  void thaw() {
    isFrozen = false;
    while (!frozen.isEmpty() && !isFrozen) {
      handle(frozen.remove());
    }
  }

  /** Does something to this server as soon as it has sent its next renewal. */
  void whenRenewalIsSent(Runnable fault) {
    atRenewalSent = fault;
  }

  /** Does something to this server as soon as it has heard of its next renewal. */
  void whenRenewalIsAnswered(Runnable fault) {
    atRenewalAnswered = fault;
  }

  /** Takes back what shall happen to this server. */
  void forgetFaults() {
    atRenewalSent = null;
    atRenewalAnswered = null;
  }

  /** Makes this the forgotten process of a server id that is started anew elsewhere. */
  void becomeGhost() {
    isGhost = true;
  }

  boolean isGhost() {
    return isGhost;
  }

  void hear(RingView view) {
    receive(life, new Event.ViewHeard(view));
  }

  private void tick(int ofLife) {
    if (ofLife == life && !stopped) {
      if (!isFrozen) {
        handle(new Event.Tick());
      }
      time.after((long) (TICK / clockRate), () -> tick(ofLife));
    }
  }

  private void receive(int ofLife, Event event) {
    if (ofLife != life || stopped) {
      return;
    }
    if (isFrozen) {
      frozen.add(event);
    } else {
      handle(event);
    }
  }

  private void handle(Event event) {
    if (ownership != null) {
      ownership.on(event, clock());
      List<Effect> effects = List.copyOf(outbox);
      outbox.clear();
      effects.forEach(this::carryOut);
      if (event instanceof Event.LeaseReplaced(var request, _) && isRenewal(request)) {
        atRenewalAnswered = run(atRenewalAnswered);
      } else if (effects.stream().anyMatch(SimulatedServer::isRenewal)) {
        atRenewalSent = run(atRenewalSent);
      }
    }
  }

  private static boolean isRenewal(Effect effect) {
    return effect instanceof Effect.ReplaceLease replace && replace.reader() == LeaseReader.HOLDER;
  }

  private static @Nullable Runnable run(@Nullable Runnable fault) {
    if (fault != null) {
      fault.run();
    }
    return null;
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.ReadLease read ->
          read(() -> store.lease(read.serverId()), row -> new Event.LeaseRead(read, row));
      case Effect.ReplaceLease replace ->
          replace(
              () -> store.replaceLease(replace.serverId(), replace.seen(), replace.next()),
              outcome -> new Event.LeaseReplaced(replace, outcome));
      case Effect.ReadRing read -> read(store::ring, view -> new Event.RingRead(read, view));
      case Effect.ReplaceRing replace ->
          replace(
              () -> store.replaceRing(replace.seen(), replace.next()),
              outcome -> new Event.RingReplaced(replace, outcome));
      case Effect.ReadSlice read ->
          read(() -> glance(read.slice()), rows -> new Event.SliceRead(read, rows));
      case Effect.ReplaceOwner replace ->
          replace(
              () -> store.replaceOwner(replace.seen(), replace.next()),
              outcome -> new Event.OwnerReplaced(replace, outcome));
      case Effect.NewView(RingView view) -> {
        store.requireKnown(view);
        gossip.accept(this, view);
      }
      case Effect.Finish(Shard shard, long _) -> finish(shard);
      case Effect.Opened(Shard shard, long _) -> acting[shard.index()] = true;
      case Effect.Lost(Shard shard, long _) -> acting[shard.index()] = false;
      case Effect.Gone _, Effect.Left _ -> restart();
    }
  }

  private List<ShardOwner> glance(int slice) {
    return random.nextInt(4) == 0 ? store.oldSlice(slice) : store.slice(slice);
  }

  private <R> void read(Supplier<R> question, Function<@Nullable R, Event> answer) {
    int asker = life;
    network.ask(id, question, row -> receive(asker, answer.apply(row)));
  }

  private <R> void replace(Supplier<Outcome<R>> question, Function<Outcome<R>, Event> answer) {
    int asker = life;
    network.ask(
        id,
        question,
        outcome ->
            receive(asker, answer.apply(outcome == null ? new Outcome.Unknown<>() : outcome)));
  }

  private void finish(Shard shard) {
    int asker = life;
    if (!finishing) {
      receive(asker, new Event.Finished(shard));
    }
    time.after(
        TimeUnit.MILLISECONDS.toNanos(random.nextInt(200)),
        () -> {
          if (asker == life) {
            acting[shard.index()] = false;
            receive(asker, new Event.Finished(shard));
          }
        });
  }

  /** Ends the process at once and starts it again after a while. */
  void restart() {
    kill();
    int dead = life;
    time.after(
        TimeUnit.MILLISECONDS.toNanos(random.nextInt(6000)),
        () -> {
          if (life == dead) {
            start();
          }
        });
  }
}
