package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.settings.Settings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How long shards are without an owner, and how many of them, by a simulated clock, with all shards
 * and all defaults.
 */
class TakeOverTest {

  record Server(OwnershipSettings ownership) {}

  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(10);
  private static final OwnershipSettings SETTINGS =
      Settings.load(Server.class, null, Map.of(), Map.of()).value().ownership();

  private final SimulatedTime time = new SimulatedTime();
  private final Random random = new Random(7);
  private final SimulatedNetwork network =
      new SimulatedNetwork(time, random, SETTINGS.storeTimeout().toNanos());
  private final SimulatedStore store = new SimulatedStore();
  private final List<SimulatedServer> servers = new ArrayList<>();

  @BeforeEach
  void startThree() {
    for (int i = 0; i < 3; i++) {
      addServer().start();
    }
    for (int steps = 0; !isSettled(); steps++) {
      assertThat(steps).as("steps until three servers have their shards").isLessThan(3_000);
      time.run(STEP, () -> {});
    }
  }

  private boolean isSettled() {
    return servers.stream()
        .allMatch(server ->
            server.view().members().size() == servers.size()
                && shardsOf(server).equals(shareOf(server)));
  }

  private static BitSet shareOf(SimulatedServer server) {
    BitSet share = new BitSet();
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      Member owner = server.view().ownerOf(new Shard(shard));
      share.set(shard, owner != null && owner.serverId().equals(server.id()));
    }
    return share;
  }

  @Test
  void crash_oneOfThree_isTakenOverWithinTheLeaseAndASecond() {
    SimulatedServer victim = servers.removeFirst();
    victim.becomeGhost();
    victim.restart();
    assertThat(ownerless()).isGreaterThan(1_000);
    long pause = longestPause(TimeUnit.SECONDS.toNanos(5));
    assertThat(ownerless()).isZero();
    System.out.println("pause after a crash: " + TimeUnit.NANOSECONDS.toMillis(pause) + " ms");
    assertThat(pause).isLessThan(SETTINGS.lease().plusSeconds(1).toNanos());
  }

  @Test
  void join_aFourth_leavesNoShardWithoutOwnerForASecond() {
    SimulatedServer newcomer = addServer();
    newcomer.start();
    long pause = longestPause(TimeUnit.SECONDS.toNanos(20));
    assertThat(isSettled()).isTrue();
    assertThat(shardsOf(newcomer).cardinality()).isBetween(900, 1_150);
    System.out.println("pause in a planned move: " + TimeUnit.NANOSECONDS.toMillis(pause) + " ms");
    assertThat(pause).isLessThan(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void join_aFourth_leavesAllButAFewShardsWithTheirOwners() {
    addServer().start();
    assertThat(mostOwnerless(TimeUnit.SECONDS.toNanos(20))).isBetween(1, SETTINGS.parallelMoves());
    assertThat(isSettled()).isTrue();
  }

  @Test
  void leave_oneOfThree_actsForAShardUntilItsTurn() {
    SimulatedServer leaver = servers.removeFirst();
    leaver.becomeGhost();
    leaver.stop();
    assertThat(mostOwnerless(TimeUnit.SECONDS.toNanos(20), leaver))
        .isBetween(1, SETTINGS.parallelMoves());
    assertThat(isSettled()).isTrue();
  }

  /** The most shards that nobody acted for at any one moment of the span. */
  private int mostOwnerless(long span, SimulatedServer... beside) {
    int most = 0;
    for (long passed = 0; passed < span; passed += STEP) {
      time.run(STEP, () -> {});
      BitSet owned = owned();
      for (SimulatedServer other : beside) {
        owned.or(shardsOf(other));
      }
      most = Math.max(most, Shard.COUNT - owned.cardinality());
    }
    return most;
  }

  private SimulatedServer addServer() {
    SimulatedServer server =
        new SimulatedServer(
            "s" + servers.size(),
            time,
            network,
            store,
            SETTINGS,
            Rules.ALL,
            Shard.COUNT,
            true,
            new Random(random.nextLong()),
            (from, view) -> servers.forEach(to -> network.tell(() -> to.hear(view))));
    servers.add(server);
    return server;
  }

  private long longestPause(long span) {
    long[] since = new long[Shard.COUNT];
    long longest = 0;
    for (long passed = 0; passed < span; passed += STEP) {
      time.run(STEP, () -> {});
      BitSet owned = owned();
      for (int shard = 0; shard < Shard.COUNT; shard++) {
        since[shard] = owned.get(shard) ? 0 : since[shard] + STEP;
        longest = Math.max(longest, since[shard]);
      }
    }
    return longest;
  }

  private int ownerless() {
    return Shard.COUNT - owned().cardinality();
  }

  private BitSet owned() {
    BitSet owned = new BitSet();
    servers.stream().filter(SimulatedServer::isSound).forEach(s -> owned.or(shardsOf(s)));
    return owned;
  }

  private static BitSet shardsOf(SimulatedServer server) {
    BitSet shards = new BitSet();
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      shards.set(shard, server.actsFor(shard));
    }
    return shards;
  }
}
