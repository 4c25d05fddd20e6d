package chat.starling.channel.ownership;

import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** How long leases last and how fast shards move; the same on all servers of a role. */
public record OwnershipSettings(
    @Setting(
            value = "how long a server owns its shards after a renewal, by its own clock",
            byDefault = "3s",
            min = 100,
            max = 600_000)
        Duration lease,
    @Setting(
            value = "how often a server renews its lease",
            byDefault = "1s",
            min = 10,
            max = 600_000)
        Duration renewInterval,
    @Setting(
            value =
                "how long a lease must stand still, by a watcher's own clock, before it is ended",
            byDefault = "3100ms",
            min = 100,
            max = 600_000)
        Duration watchPeriod,
    @Setting(
            value = "by which part a server's clock may run too fast or too slow, 0..1",
            byDefault = "0.01")
        double clockRateTolerance,
    @Setting(
            value = "how often a watcher looks at a lease",
            byDefault = "250ms",
            min = 10,
            max = 60_000)
        Duration lookInterval,
    @Setting(
            value = "how many neighbours in the ring each server watches",
            byDefault = "2",
            min = 1,
            max = 16)
        int neighboursWatched,
    @Setting(
            value =
                "how many shards move at a time when a server leaves, or when one joins: then"
                    + " from all others together",
            byDefault = "32",
            min = 1,
            max = 4096)
        int parallelMoves,
    @Setting(
            value = "how many shards a server claims at a time",
            byDefault = "1024",
            min = 1,
            max = 4096)
        int parallelClaims,
    @Setting(
            value = "how often owners are read while a shard moves",
            byDefault = "40ms",
            min = 10,
            max = 60_000)
        Duration movePoll,
    @Setting(
            value = "how often owners and the ring are read when nothing moves",
            byDefault = "2s",
            min = 10,
            max = 600_000)
        Duration idlePoll,
    @Setting(
            value = "how long the store may take for one read or change of ownership",
            byDefault = "800ms",
            min = 10,
            max = 60_000)
        Duration storeTimeout) {

  public OwnershipSettings {
    if (!(clockRateTolerance >= 0 && clockRateTolerance < 0.5)) {
      throw wrong("clock-rate-tolerance", clockRateTolerance, "0 or more and less than 0.5");
    }
    Duration least = leastWatchPeriod(lease, clockRateTolerance);
    if (watchPeriod.compareTo(least) < 0) {
      throw wrong(
          "watch-period",
          text(watchPeriod),
          "at least "
              + text(least)
              + ", which is the lease × (1 + clock-rate-tolerance) / (1 - clock-rate-tolerance)");
    }
    if (renewInterval.plus(storeTimeout).compareTo(lease) >= 0) {
      throw wrong(
          "renew-interval",
          text(renewInterval),
          "with the store-timeout of "
              + text(storeTimeout)
              + " less than the lease of "
              + text(lease));
    }
  }

  /**
   * The shortest safe watch period, rounded up to milliseconds: a slow holder's lease lasts lease /
   * (1 - tolerance) of true time, and a fast watcher's period only period / (1 + tolerance).
   */
  static Duration leastWatchPeriod(Duration lease, double tolerance) {
    return Duration.ofMillis(
        (long) Math.ceil(lease.toMillis() * (1 + tolerance) / (1 - tolerance)));
  }

  private static String text(Duration duration) {
    return duration.toMillis() + "ms";
  }

  private static IllegalArgumentException wrong(String path, Object value, String expected) {
    return new IllegalArgumentException(path + ": " + value + " (expected: " + expected + ")");
  }
}
