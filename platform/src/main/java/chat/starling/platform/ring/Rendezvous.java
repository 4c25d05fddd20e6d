package chat.starling.platform.ring;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rendezvous (highest random weight) hashing of the shards over servers: each server has a weight
 * for each shard, and the heaviest has the shard. Who joins only takes shards, who leaves only
 * gives its own, and nobody else's move.
 *
 * <p>The weight is the SplitMix64 finaliser of (FarmHash Fingerprint64 of the server id in UTF-8 +
 * (shard + 1) × the golden gamma 0x9E3779B97F4A7C15), as an unsigned number. Servers and gateways
 * of different releases must agree on it, so it never changes.
 */
final class Rendezvous {

  private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

  private Rendezvous() {}

  /** For each shard the index of its server, -1 where there is none; ids in rising order. */
  static short[] table(List<String> serverIds) {
    long[] seeds = serverIds.stream().mapToLong(Rendezvous::seed).toArray();
    short[] table = new short[Shard.COUNT];
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      table[shard] = heaviest(seeds, shard);
    }
    return table;
  }

  private static short heaviest(long[] seeds, int shard) {
    int best = -1;
    long bestWeight = 0;
    for (int i = 0; i < seeds.length; i++) {
      long weight = weight(seeds[i], shard);
      if (best < 0 || Long.compareUnsigned(weight, bestWeight) > 0) {
        best = i;
        bestWeight = weight;
      }
    }
    return (short) best;
  }

  static long seed(String serverId) {
    return Hashing.farmHashFingerprint64().hashString(serverId, StandardCharsets.UTF_8).asLong();
  }

  static long weight(long seed, int shard) {
    long z = seed + (shard + 1) * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
