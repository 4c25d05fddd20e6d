package chat.starling.gateway.delivery;

import org.jspecify.annotations.Nullable;

/** The last events of a channel, by their seq. Bounded. */
final class Recent {

  private final @Nullable Parcel[] ring;

  /**
   * @param capacity a power of two
   */
  Recent(int capacity) {
    ring = new Parcel[capacity];
  }

  void add(Parcel parcel) {
    ring[(int) parcel.seq() & (ring.length - 1)] = parcel;
  }

  /** The event, if it is still here. */
  @Nullable Parcel get(long seq) {
    Parcel parcel = ring[(int) seq & (ring.length - 1)];
    return parcel != null && parcel.seq() == seq ? parcel : null;
  }
}
