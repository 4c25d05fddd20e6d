package chat.starling.gateway.delivery;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sessions of one workspace on one event loop, in their slices. Confined to that loop. */
final class BumpRoom {

  /** Those who wait for the heads to be known. */
  final Set<BumpSeat> waiting = new LinkedHashSet<>();

  @Nullable WorkspaceHeads heads;
  int count;
  private final @Nullable BumpSlice[] slices = new @Nullable BumpSlice[BumpRelay.SLICES];

  /** Null until there is a session that is sent what is said in small channels. */
  private @Nullable PushBoard pushes;

  @Nullable PushBoard pushes() {
    return pushes;
  }

  /** Has a session that is sent what is said in small channels. */
  void beginPushes(Supplier<PushBoard> board) {
    if (pushes == null) {
      pushes = board.get();
    }
  }

  @Nullable BumpSlice slice(int number) {
    return slices[number];
  }

  BumpSlice slice(BumpSeat seat) {
    BumpSlice slice = slices[seat.slice];
    if (slice == null) {
      slice = new BumpSlice();
      slices[seat.slice] = slice;
    }
    return slice;
  }

  /** The session is a member of the channel. */
  void add(BumpSeat seat, long channelId) {
    slice(seat).add(seat, channelId);
    if (pushes != null && seat.pushes()) {
      pushes.add(seat, channelId);
    }
  }

  /** It is not any more. */
  void remove(BumpSeat seat, long channelId) {
    slice(seat).remove(seat, channelId);
    if (pushes != null && seat.pushes()) {
      pushes.remove(seat, channelId);
    }
  }

  /** The session is gone. */
  void forget(BumpSeat seat) {
    waiting.remove(seat);
    slice(seat).forget(seat);
    if (pushes != null && seat.pushes()) {
      for (long channelId : seat.channels()) {
        pushes.remove(seat, channelId);
      }
    }
  }

  /** Of this channel it is not known yet whether it is small. */
  boolean isUndecided(long channelId) {
    return pushes != null && pushes.isUndecided(channelId);
  }
}
