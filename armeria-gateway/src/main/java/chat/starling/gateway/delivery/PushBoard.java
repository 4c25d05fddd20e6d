package chat.starling.gateway.delivery;

import java.util.HashSet;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/**
 * The sessions of one workspace and event loop that are sent what is said in small channels: when
 * such a channel moves it comes into the view of those who are members. A channel's size is asked
 * for when it first moves, and until it is known those sessions are not bumped either. Confined to
 * its event loop.
 */
final class PushBoard {

  private final ChannelSeats members = new ChannelSeats();
  private final Set<Long> asked = new HashSet<>();
  private final ChannelSizes sizes;
  private final ObjLongConsumer<BumpSeat> owe;

  /**
   * @param owe has a session told by a bump where the channel is
   */
  PushBoard(ChannelSizes sizes, ObjLongConsumer<BumpSeat> owe) {
    this.sizes = sizes;
    this.owe = owe;
  }

  void add(BumpSeat seat, long channelId) {
    members.add(seat, channelId);
  }

  void remove(BumpSeat seat, long channelId) {
    members.remove(seat, channelId);
  }

  /** Whether the channel is small is being asked. */
  boolean isUndecided(long channelId) {
    return asked.contains(channelId);
  }

  /** Channels have moved, and their sessions are about to be bumped. */
  void moved(long[] channelIds, WorkspaceHeads heads) {
    for (long channelId : channelIds) {
      BumpSeats there = members.of(channelId);
      if (there != null) {
        moved(channelId, there, heads);
      }
    }
  }

  private void moved(long channelId, BumpSeats there, WorkspaceHeads heads) {
    switch (sizes.of(channelId)) {
      case SMALL -> {
        long head = heads.of(channelId);
        for (int i = 0; i < there.count(); i++) {
          push(there.get(i), channelId, head);
        }
      }
      case LARGE -> {}
      case UNKNOWN -> {
        if (asked.add(channelId)) {
          sizes.ask(channelId, small -> decided(channelId, small, heads));
        }
      }
    }
  }

  /** Who was passed over meanwhile gets the events now, or else the bump. */
  private void decided(long channelId, boolean small, WorkspaceHeads heads) {
    asked.remove(channelId);
    BumpSeats there = members.of(channelId);
    if (there == null) {
      return;
    }
    long head = heads.of(channelId);
    for (int i = 0; i < there.count(); i++) {
      BumpSeat seat = there.get(i);
      boolean served =
          seat.hearer.sees(channelId)
              || !seat.lacks(channelId, head)
              || (small && push(seat, channelId, head));
      if (!served) {
        owe.accept(seat, channelId);
      }
    }
  }

  private static boolean push(BumpSeat seat, long channelId, long head) {
    long told = seat.told(channelId);
    return told < head && seat.hearer.takeIntoView(channelId, told);
  }
}
