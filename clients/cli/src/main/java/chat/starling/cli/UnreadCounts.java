package chat.starling.cli;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.Joined;
import java.util.HashMap;
import java.util.Map;

/**
 * How many messages of each channel came since the person last looked. What was there when the chat
 * began counts as read.
 */
final class UnreadCounts {
  private final Map<Long, Long> heads = new HashMap<>();
  private final Map<Long, Long> read = new HashMap<>();

  /** These channels are there; those heard of for the first time are read up to where they are. */
  synchronized void joined(Joined joined) {
    for (Bump channel : joined.getChannelsList()) {
      read.putIfAbsent(channel.getChannelId(), channel.getLastSeq());
      raise(channel.getChannelId(), channel.getLastSeq());
    }
  }

  /** The channel is at this seq; whether it has something new now and had nothing before. */
  synchronized boolean moved(long channelId, long lastSeq) {
    boolean before = of(channelId) > 0;
    raise(channelId, lastSeq);
    return !before && of(channelId) > 0;
  }

  /** The person has seen the channel up to here. */
  synchronized void seen(long channelId, long seq) {
    read.merge(channelId, seq, Math::max);
    raise(channelId, seq);
  }

  /** How many are unread. */
  synchronized long of(long channelId) {
    return heads.getOrDefault(channelId, 0L) - read.getOrDefault(channelId, 0L);
  }

  private void raise(long channelId, long seq) {
    heads.merge(channelId, seq, Math::max);
  }
}
