package chat.starling.channel.heads;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The heads of one workspace's channels, as far as they are known, and which of them have moved
 * since those who watch were last told. Confined to one thread.
 */
public final class HeadBoard {

  private final Map<Long, Long> heads = new HashMap<>();
  private final Set<Long> moved = new LinkedHashSet<>();
  private final int most;

  /**
   * @param most channels of which the head is kept; of more nothing is said
   */
  public HeadBoard(int most) {
    this.most = most;
  }

  /** A channel is at this seq or further. What only repeats what is known counts for nothing. */
  public void raise(ChannelHead head) {
    if (learn(head)) {
      moved.add(head.channelId());
    }
  }

  /** The store has this head: those who watch are told with the snapshot. */
  public boolean learn(ChannelHead head) {
    Long known = heads.get(head.channelId());
    if (head.seq() <= 0 || (known == null ? heads.size() >= most : known >= head.seq())) {
      return false;
    }
    heads.put(head.channelId(), head.seq());
    return true;
  }

  /** Takes the channels that have moved, at most so many. */
  public List<ChannelHead> takeMoved(int limit) {
    List<ChannelHead> taken = new ArrayList<>();
    var all = moved.iterator();
    while (all.hasNext() && taken.size() < limit) {
      taken.add(head(all.next()));
      all.remove();
    }
    return taken;
  }

  /** Nobody watches: what has moved is in the next snapshot anyway. */
  public void forgetMoved() {
    moved.clear();
  }

  /** All heads, in runs of this length; one empty run when there are none. */
  public List<List<ChannelHead>> snapshot(int run) {
    List<List<ChannelHead>> runs = new ArrayList<>();
    List<ChannelHead> current = new ArrayList<>();
    for (Map.Entry<Long, Long> entry : heads.entrySet()) {
      if (current.size() == run) {
        runs.add(current);
        current = new ArrayList<>();
      }
      current.add(new ChannelHead(entry.getKey(), entry.getValue()));
    }
    runs.add(current);
    return runs;
  }

  /** No further channel is taken in. */
  public boolean isFull() {
    return heads.size() >= most;
  }

  /** Channels whose head is known. */
  public int size() {
    return heads.size();
  }

  private ChannelHead head(long channelId) {
    return new ChannelHead(channelId, heads.getOrDefault(channelId, 0L));
  }
}
