package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One seeded run of several servers on the production machines: a minute of faults, then calm, the
 * loss of the store, and the join of one more server. Named invariants are held after every step.
 */
final class OwnershipSimulation {

  static final int SHARDS = 16;

  private static final long FAULTY = TimeUnit.SECONDS.toNanos(60);
  private static final long CALM = TimeUnit.SECONDS.toNanos(20);
  private static final long OUTAGE = TimeUnit.SECONDS.toNanos(12);
  private static final double TOLERANCE = 0.1;

  /** Leases as in production, with clocks that differ far more and the shortest safe period. */
  static final OwnershipSettings SETTINGS =
      new OwnershipSettings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          OwnershipSettings.leastWatchPeriod(Duration.ofSeconds(3), TOLERANCE),
          TOLERANCE,
          Duration.ofMillis(250),
          2,
          3,
          8,
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofMillis(800));

  private final Random random;
  private final SimulatedTime time = new SimulatedTime();
  private final SimulatedNetwork network;
  private final SimulatedStore store = new SimulatedStore();
  private final List<SimulatedServer> servers = new ArrayList<>();
  private final Rules rules;
  private final boolean finishing;
  private final int[] owners = new int[SHARDS];

  /**
   * @param finishing whether feeds really finish before they say so
   */
  OwnershipSimulation(long seed, Rules rules, boolean finishing) {
    this.finishing = finishing;
    this.random = new Random(seed);
    this.rules = rules;
    this.network = new SimulatedNetwork(time, random, SETTINGS.storeTimeout().toNanos());
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      SimulatedServer server = addServer();
      time.after(millis(1500), server::start);
    }
  }

  private SimulatedServer addServer() {
    SimulatedServer server = newServer("s" + servers.size());
    servers.add(server);
    return server;
  }

  private SimulatedServer newServer(String id) {
    return new SimulatedServer(
        id,
        time,
        network,
        store,
        SETTINGS,
        rules,
        SHARDS,
        finishing,
        new Random(random.nextLong()),
        this::gossip);
  }

  private void gossip(SimulatedServer from, RingView view) {
    servers.stream()
        .filter(server -> server != from)
        .forEach(server -> network.tell(() -> server.hear(view)));
  }

  /** Runs it all; throws an AssertionError at the first broken invariant. */
  void run() {
    time.after(millis(1000), this::strike);
    time.run(FAULTY, this::onlyOneOwner);
    heal();
    time.run(CALM, this::onlyOneOwner);
    everyShardHasItsOwner();
    losingTheStoreMovesNothing();
    joiningMovesOnlyTheNewcomersShards();
  }

  /** At most one server acts as the owner of a shard. */
  private void onlyOneOwner() {
    Arrays.fill(owners, 0);
    for (SimulatedServer server : servers) {
      if (server.isSound()) {
        count(server);
      }
    }
  }

  private void count(SimulatedServer sound) {
    for (int shard = 0; shard < SHARDS; shard++) {
      if (sound.actsFor(shard) && ++owners[shard] > 1) {
        throw new AssertionError(
            "shard " + shard + " has two owners: " + ownersOf(new Shard(shard)));
      }
    }
  }

  private List<String> ownersOf(Shard shard) {
    return servers.stream().filter(s -> s.owns(shard)).map(SimulatedServer::id).toList();
  }

  private void everyShardHasItsOwner() {
    RingView view = store.ring();
    assertThat(view.members().stream().map(Member::serverId).sorted().toList())
        .as("every server is a member")
        .isEqualTo(servers.stream().map(SimulatedServer::id).sorted().toList());
    assertThat(servers).as("all know the newest view").allMatch(s -> s.view().equals(view));
    for (int i = 0; i < SHARDS; i++) {
      Shard shard = new Shard(i);
      assertThat(ownersOf(shard))
          .as("the owner of " + shard)
          .isEqualTo(Stream.ofNullable(view.ownerOf(shard)).map(Member::serverId).toList());
    }
  }

  private void losingTheStoreMovesNothing() {
    RingView view = store.ring();
    List<ShardOwner> owners = store.allOwners();
    network.storeDown(true);
    time.run(OUTAGE, this::onlyOneOwner);
    assertThat(servers).as("no lease outlives the store").noneMatch(SimulatedServer::isSound);
    network.storeDown(false);
    time.run(CALM / 2, this::onlyOneOwner);
    assertThat(store.ring()).as("the view after the loss of the store").isEqualTo(view);
    assertThat(store.allOwners()).as("owners after the loss of the store").isEqualTo(owners);
    everyShardHasItsOwner();
  }

  private void joiningMovesOnlyTheNewcomersShards() {
    List<ShardOwner> before = store.allOwners();
    SimulatedServer newcomer = newServer("newcomer");
    servers.add(newcomer);
    newcomer.start();
    time.run(CALM, this::onlyOneOwner);
    everyShardHasItsOwner();
    List<ShardOwner> after = store.allOwners();
    IntStream.range(0, SHARDS)
        .forEach(i -> {
          boolean moved = newcomer.owns(after.get(i).shard());
          assertThat(after.get(i).epoch() - before.get(i).epoch())
              .as("changes of owner of " + after.get(i).shard())
              .isEqualTo(moved ? 1 : 0);
        });
  }

  /** Breaks something, and makes sure that there will be a next time. */
  private void strike() {
    if (time.now() >= FAULTY) {
      return;
    }
    SimulatedServer victim = servers.get(random.nextInt(servers.size()));
    switch (random.nextInt(11)) {
      case 0 -> freeze(victim);
      case 1 -> victim.whenRenewalIsSent(() -> freeze(victim));
      case 2 -> victim.restart();
      case 3 -> victim.stop();
      case 4 -> partition(victim);
      case 5 -> victim.whenRenewalIsAnswered(() -> partition(victim));
      case 6 -> startBeside(victim);
      case 7 -> slowStoreThenPartition(victim);
      case 8, 9 -> network.trouble(random.nextInt(4) * 0.1);
      default -> loseStore();
    }
    time.after(millis(4000), this::strike);
  }

  private void freeze(SimulatedServer victim) {
    victim.freeze();
    time.after(millis(9000), victim::thaw);
  }

  /** Somebody takes a frozen server for dead and starts it elsewhere. */
  private void startBeside(SimulatedServer victim) {
    if (!victim.isGhost()) {
      freeze(victim);
      victim.becomeGhost();
      SimulatedServer twin = newServer(victim.id());
      servers.add(twin);
      time.after(millis(3000), twin::start);
    }
  }

  private void partition(SimulatedServer victim) {
    network.cutOff(victim.id(), true);
    time.after(millis(9000), () -> network.cutOff(victim.id(), false));
  }

  private void slowStoreThenPartition(SimulatedServer victim) {
    network.sluggish(true);
    victim.whenRenewalIsAnswered(() -> partition(victim));
    time.after(millis(12_000), () -> network.sluggish(false));
  }

  private void loseStore() {
    network.storeDown(true);
    time.after(millis(5000), () -> network.storeDown(false));
  }

  private void heal() {
    network.storeDown(false);
    network.trouble(0);
    network.sluggish(false);
    servers.stream().filter(SimulatedServer::isGhost).forEach(SimulatedServer::restart);
    servers.removeIf(SimulatedServer::isGhost);
    servers.forEach(server -> {
      network.cutOff(server.id(), false);
      server.forgetFaults();
      server.thaw();
    });
  }

  private long millis(int most) {
    return TimeUnit.MILLISECONDS.toNanos(random.nextInt(most));
  }
}
