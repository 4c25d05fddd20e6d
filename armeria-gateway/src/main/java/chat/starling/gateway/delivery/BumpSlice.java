package chat.starling.gateway.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Some of the sessions that are told of one workspace: those whose turn comes together. Knows who
 * of them is a member of which channel. Confined to its event loop.
 */
final class BumpSlice {

  /** Channels that one frame names. */
  static final int MOST_IN_ONE = 500;

  private final ChannelSeats members = new ChannelSeats();
  private final Set<Long> moved = new LinkedHashSet<>();
  private final Set<BumpSeat> owing = new LinkedHashSet<>();
  private final List<BumpSeat> touched = new ArrayList<>();

  void add(BumpSeat seat, long channelId) {
    members.add(seat, channelId);
  }

  void remove(BumpSeat seat, long channelId) {
    members.remove(seat, channelId);
  }

  void forget(BumpSeat seat) {
    for (long channelId : seat.channels()) {
      remove(seat, channelId);
    }
    owing.remove(seat);
    seat.settle();
  }

  /** Channels have moved; those without a member here are nothing to this slice. */
  void moved(long[] channelIds) {
    for (long channelId : channelIds) {
      Long id = channelId;
      if (members.has(id)) {
        moved.add(id);
      }
    }
  }

  /** This one session is to be told of the channel. */
  void owe(BumpSeat seat, long channelId) {
    seat.owe(channelId);
    owing.add(seat);
  }

  /** Somebody is to be told something. */
  boolean isDue() {
    return !moved.isEmpty() || !owing.isEmpty();
  }

  /**
   * Tells all whose channels have moved; returns how many frames that took.
   *
   * @param undecided channels of which it is not known yet whether sessions get their events
   *     instead
   */
  int flush(WorkspaceHeads heads, LongPredicate undecided) {
    int frames = 0;
    do {
      BumpSet empty = BumpSet.empty();
      Set<Long> named = new HashSet<>();
      Iterator<Long> next = moved.iterator();
      while (next.hasNext() && named.size() < MOST_IN_ONE) {
        Long channelId = next.next();
        next.remove();
        named.add(channelId);
        tellMembers(channelId, heads.of(channelId), undecided.test(channelId), empty);
      }
      if (moved.isEmpty()) {
        tellOwed(named, heads, empty);
      }
      frames += send();
    } while (isDue());
    return frames;
  }

  private void tellMembers(Long channelId, long head, boolean undecided, BumpSet empty) {
    BumpSeats there = members.of(channelId);
    if (there == null) {
      return;
    }
    for (int i = 0; i < there.count(); i++) {
      BumpSeat seat = there.get(i);
      if (!seat.hearer.sees(channelId)
          && !(undecided && seat.pushes())
          && seat.hearer.hears(seat, channelId)) {
        add(seat, channelId, head, empty);
      }
    }
  }

  /** Tells what is owed as far as it fits into this frame; the rest is due in the next one. */
  private void tellOwed(Set<Long> named, WorkspaceHeads heads, BumpSet empty) {
    Iterator<BumpSeat> all = owing.iterator();
    while (all.hasNext()) {
      BumpSeat seat = all.next();
      tellOwed(seat, named, heads, empty);
      if (seat.owed().isEmpty()) {
        seat.settle();
        all.remove();
      }
    }
  }

  private void tellOwed(BumpSeat seat, Set<Long> named, WorkspaceHeads heads, BumpSet empty) {
    int room = MOST_IN_ONE - named.size();
    Iterator<Long> owed = seat.owed().iterator();
    while (owed.hasNext() && room > 0) {
      Long channelId = owed.next();
      owed.remove();
      long head = heads.of(channelId);
      if (head > 0
          && !named.contains(channelId)
          && seat.has(channelId)
          && !seat.hearer.sees(channelId)
          && seat.hearer.hears(seat, channelId)) {
        add(seat, channelId, head, empty);
        room--;
      }
    }
  }

  private void add(BumpSeat seat, long channelId, long head, BumpSet empty) {
    BumpSet so = seat.telling;
    if (so == null) {
      so = empty;
      touched.add(seat);
    }
    seat.telling = so.with(channelId, head);
    seat.told(channelId, head);
  }

  private int send() {
    int frames = 0;
    for (int i = 0; i < touched.size(); i++) {
      BumpSeat seat = touched.get(i);
      BumpSet set = seat.telling;
      seat.telling = null;
      if (set != null && !seat.hasLeft()) {
        seat.hearer.tell(set.notice());
        frames++;
      }
    }
    touched.clear();
    return frames;
  }
}
