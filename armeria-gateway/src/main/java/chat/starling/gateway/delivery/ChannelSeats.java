package chat.starling.gateway.delivery;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions of some place by the channels that they are members of. */
final class ChannelSeats {

  private final Map<Long, BumpSeats> byChannel = new HashMap<>();

  void add(BumpSeat seat, long channelId) {
    byChannel.computeIfAbsent(channelId, id -> new BumpSeats()).add(seat);
  }

  void remove(BumpSeat seat, long channelId) {
    BumpSeats there = byChannel.get(channelId);
    if (there != null && there.remove(seat) && there.count() == 0) {
      byChannel.remove(channelId);
    }
  }

  /** Has a member of the channel. */
  boolean has(long channelId) {
    return byChannel.containsKey(channelId);
  }

  /** The channel's members; null when there are none. */
  @Nullable BumpSeats of(long channelId) {
    return byChannel.get(channelId);
  }
}
