package chat.starling.gateway.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The last event frames of a session, and how many there were in all. Bounded. */
public final class ReplayRing {

  private static final int FIRST_SIZE = 8;

  private final int capacity;
  private @Nullable Parcel[] ring;
  private long count;

  /** So many of the first are not here any more, although the ring could hold them. */
  private long lost;

  /**
   * @param capacity frames kept; a power of two
   */
  public ReplayRing(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " (expected: a power of two)");
    }
    this.capacity = capacity;
    this.ring = new Parcel[Math.min(FIRST_SIZE, capacity)];
  }

  /** Keeps one more, forgetting the oldest when there is no room. */
  public void add(Parcel parcel) {
    if (count - lost >= ring.length && ring.length < capacity) {
      grow();
    }
    ring[(int) (count & (ring.length - 1))] = parcel;
    count++;
  }

  private void grow() {
    @Nullable Parcel[] larger = new Parcel[Math.min(capacity, ring.length * 2)];
    for (long i = Math.max(lost, count - ring.length); i < count; i++) {
      larger[(int) (i & (larger.length - 1))] = ring[(int) (i & (ring.length - 1))];
    }
    ring = larger;
  }

  /** So many were sent that are not kept: there is no going back behind them. */
  public void skip(long frames) {
    count += frames;
    lost = count;
  }

  /** Takes the newest back: they have not been sent. */
  public void rewind(int frames) {
    count -= frames;
    lost = Math.max(lost, count + frames - ring.length);
  }

  /**
   * Forgets those after the first {@code received} that are not to be kept, as if they had never
   * been added. The others are returned; empty when the ring does not reach back there.
   */
  public Optional<List<Parcel>> keepAfter(long received, Predicate<Parcel> kept) {
    Optional<List<Parcel>> left =
        after(received).map(missed -> missed.stream().filter(kept).toList());
    left.ifPresent(parcels -> {
      rewind((int) (count - received));
      parcels.forEach(this::add);
    });
    return left;
  }

  /** How many frames were added in all. */
  public long count() {
    return count;
  }

  /** The frames after the first {@code received}; empty when the ring does not reach back there. */
  public Optional<List<Parcel>> after(long received) {
    if (received < lost || received > count || count - received > ring.length) {
      return Optional.empty();
    }
    List<Parcel> missed = new ArrayList<>();
    for (long i = received; i < count; i++) {
      Parcel parcel = ring[(int) (i & (ring.length - 1))];
      if (parcel != null) {
        missed.add(parcel);
      }
    }
    return Optional.of(missed);
  }
}
