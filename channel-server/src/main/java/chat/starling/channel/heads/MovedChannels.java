package chat.starling.channel.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The channels that have moved since they were last taken, each once. Safe on any thread. */
public final class MovedChannels implements HeadListener {

  private final ConcurrentHashMap<Long, Long> moved = new ConcurrentHashMap<>();

  @Override
  public void moved(long channelId, long seq) {
    moved.merge(channelId, seq, Math::max);
  }

  /** Takes them all out. */
  public List<ChannelHead> take() {
    List<ChannelHead> taken = new ArrayList<>();
    for (Long channelId : moved.keySet()) {
      Long seq = moved.remove(channelId);
      if (seq != null) {
        taken.add(new ChannelHead(channelId, seq));
      }
    }
    return taken;
  }
}
