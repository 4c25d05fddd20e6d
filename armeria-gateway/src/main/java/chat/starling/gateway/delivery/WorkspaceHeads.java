package chat.starling.gateway.delivery;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Up to where the channels of one workspace are, as far as this gateway was told. Written by one
 * thread, read by any; every head only rises.
 */
public final class WorkspaceHeads {

  private final ConcurrentHashMap<Long, Long> heads = new ConcurrentHashMap<>();

  /** The channel's last seq, or one before it; 0 when nothing is known. */
  public long of(long channelId) {
    return heads.getOrDefault(channelId, 0L);
  }

  /** Channels whose head is known. */
  public int size() {
    return heads.size();
  }

  /** Takes a head in; says whether it is news. */
  boolean raise(long channelId, long seq) {
    if (of(channelId) >= seq) {
      return false;
    }
    heads.put(channelId, seq);
    return true;
  }
}
