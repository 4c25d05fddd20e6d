package chat.starling.platform.ring;

import chat.starling.platform.ids.FeedId;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;

/**
 * One of the 4096 fixed slices of the key space, and the unit of ownership.
 *
 * @param index 0 to {@link #COUNT} - 1
 */
public record Shard(int index) implements Comparable<Shard> {

  /** How many shards there are, for ever. */
  public static final int COUNT = 4096;

  private static final int KEY_BYTES = Byte.BYTES + Long.BYTES;

  public Shard {
    if (index < 0 || index >= COUNT) {
      throw new IllegalArgumentException("shard: " + index + " (expected: 0..4095)");
    }
  }

  /**
   * The shard of a feed: the low 12 bits of FarmHash Fingerprint64 over the code of the feed's kind
   * (1 byte) and its id (8 bytes, big-endian). What is stored depends on it, so it never changes.
   */
  public static Shard of(FeedId feed) {
    byte[] key =
        ByteBuffer.allocate(KEY_BYTES).put((byte) feed.kind().code()).putLong(feed.id()).array();
    return new Shard((int) (Hashing.farmHashFingerprint64().hashBytes(key).asLong() & (COUNT - 1)));
  }

  @Override
  public int compareTo(Shard other) {
    return Integer.compare(index, other.index);
  }
}
