package chat.starling.channel.owner;

import java.util.List;

/**
 * Breaks servers and their links to the store, one thing after the other, until it is told to stop.
 */
final class SimFaults {

  private final SimWorld world;
  private final List<SimServer> servers;
  private boolean calm;

  SimFaults(SimWorld world, List<SimServer> servers) {
    this.world = world;
    this.servers = servers;
  }

  /** Begins within a second. */
  void begin() {
    world.after(world.random().nextInt(1_000), this::strike);
  }

  /** Whether nothing breaks any more. */
  boolean calm() {
    return calm;
  }

  /** Breaks something, and makes sure that there will be a next time. */
  private void strike() {
    if (calm) {
      return;
    }
    SimServer victim = servers.get(world.random().nextInt(servers.size()));
    switch (world.random().nextInt(12)) {
      case 0, 1, 2 -> freeze(victim);
      case 3 -> victim.crash();
      case 4 -> victim.restart();
      case 5 -> cut(victim.store());
      case 6 -> trouble(victim.store(), world.random().nextInt(6) * 0.1);
      case 7 -> trouble(victim.kafka(), 1);
      case 8, 9 -> slow(victim.store());
      case 10 -> servers.forEach(server -> cut(server.store()));
      default -> servers.forEach(server -> trouble(server.store(), 0.1));
    }
    world.after(world.random().nextInt(4_000), this::strike);
  }

  private void freeze(SimServer victim) {
    SimProcess frozen = victim.process();
    frozen.freeze();
    boolean aboutAsLongAsTheLease = world.random().nextBoolean();
    world.after(
        aboutAsLongAsTheLease
            ? 3_000 + world.random().nextInt(3_000)
            : world.random().nextInt(9_000),
        frozen::thaw);
  }

  private void cut(SimLink link) {
    link.cut(true);
    world.after(world.random().nextInt(7_000), () -> link.cut(false));
  }

  private void slow(SimLink link) {
    link.slow(true);
    world.after(world.random().nextInt(10_000), () -> link.slow(false));
  }

  private void trouble(SimLink link, double part) {
    link.faults(part);
    world.after(world.random().nextInt(10_000), () -> link.faults(0));
  }

  /** Mends everything and breaks nothing more. */
  void heal() {
    calm = true;
    for (SimServer server : servers) {
      server.process().thaw();
      server.store().cut(false);
      server.store().faults(0);
      server.store().slow(false);
      server.kafka().faults(0);
    }
  }
}
