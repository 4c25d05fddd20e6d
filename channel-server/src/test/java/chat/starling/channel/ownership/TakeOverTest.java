package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ring.Shard;
import chat.starling.platform.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long shards are without an owner, by a simulated clock, with all shards and all defaults. */
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
    for (int steps = 0;
        ownerless() > 0 || servers.stream().anyMatch(s -> members(s) < 3);
        steps++) {
      assertThat(steps).as("steps until three servers have all shards").isLessThan(3_000);
      time.run(STEP, () -> {});
    }
    time.run(TimeUnit.SECONDS.toNanos(30), () -> {});
    assertThat(ownerless()).isZero();
  }

  @Test
  void crash_oneOfThree_isTakenOverWithinTheLeaseAndASecond() {
    SimulatedServer victim = servers.removeFirst();
    victim.becomeGhost();
    victim.restart();
    assertThat(ownerless()).isGreaterThan(1_000);
    long pause = longestPause(TimeUnit.SECONDS.toNanos(10));
    assertThat(ownerless()).isZero();
    System.out.println("pause after a crash: " + TimeUnit.NANOSECONDS.toMillis(pause) + " ms");
    assertThat(pause).isLessThan(SETTINGS.lease().plusSeconds(1).toNanos());
  }

  @Test
  void join_aFourth_leavesNoShardWithoutOwnerForASecond() {
    SimulatedServer newcomer = addServer();
    newcomer.start();
    long pause = longestPause(TimeUnit.SECONDS.toNanos(30));
    assertThat(ownerless()).isZero();
    assertThat(shardsOf(newcomer)).isBetween(900, 1_150);
    System.out.println("pause in a planned move: " + TimeUnit.NANOSECONDS.toMillis(pause) + " ms");
    assertThat(pause).isLessThan(TimeUnit.SECONDS.toNanos(1));
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

  private static int members(SimulatedServer server) {
    return server.view().members().size();
  }

  private long longestPause(long span) {
    long[] since = new long[Shard.COUNT];
    long longest = 0;
    for (long passed = 0; passed < span; passed += STEP) {
      time.run(STEP, () -> {});
      for (int shard = 0; shard < Shard.COUNT; shard++) {
        since[shard] = isOwned(shard) ? 0 : since[shard] + STEP;
        longest = Math.max(longest, since[shard]);
      }
    }
    return longest;
  }

  private int ownerless() {
    int count = 0;
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      count += isOwned(shard) ? 0 : 1;
    }
    return count;
  }

  private boolean isOwned(int shard) {
    return servers.stream().anyMatch(server -> server.actsFor(shard) && server.isSound());
  }

  private static int shardsOf(SimulatedServer server) {
    int count = 0;
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      count += server.actsFor(shard) ? 1 : 0;
    }
    return count;
  }
}
