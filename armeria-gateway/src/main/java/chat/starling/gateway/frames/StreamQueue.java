package chat.starling.gateway.frames;

import chat.starling.gateway.delivery.Cargo;
import chat.starling.gateway.delivery.Parcel;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages on their way to one stream, of the first of which a part may be gone already. */
final class StreamQueue {

  private static final @Nullable Cargo[] NONE = {};
  private static final int FIRST_SIZE = 4;

  /** A larger array, of a client that was slow, is let go as soon as it is empty. */
  private static final int KEPT_SIZE = 64;

  private @Nullable Cargo[] ring = NONE;
  private int head;
  private int count;
  private int gone;
  private long bytes;

  void add(Cargo cargo) {
    if (count == ring.length) {
      grow();
    }
    ring[(head + count++) & (ring.length - 1)] = cargo;
    bytes += cargo.wire().length;
  }

  /** Bytes that wait. */
  long bytes() {
    return bytes;
  }

  /** Messages that wait, one that is gone in part included. */
  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Moves so many bytes, no more than wait, to the buffer. */
  void moveTo(ByteBuf out, int length) {
    bytes -= length;
    int left = length;
    while (left > 0) {
      byte[] wire = first().wire();
      int part = Math.min(left, wire.length - gone);
      out.writeBytes(wire, gone, part);
      left -= part;
      gone += part;
      if (gone == wire.length) {
        removeFirst();
      }
    }
  }

  /** Takes the parcels out of which nothing is gone, and shows them in their order. */
  void takeBack(Consumer<Parcel> parcels) {
    @Nullable Cargo[] all = new Cargo[count];
    for (int i = 0; i < all.length; i++) {
      all[i] = ring[(head + i) & (ring.length - 1)];
    }
    int begun = gone;
    clear();
    for (int i = 0; i < all.length; i++) {
      Cargo cargo = Objects.requireNonNull(all[i]);
      if (cargo instanceof Parcel parcel && (i > 0 || begun == 0)) {
        parcels.accept(parcel);
      } else {
        add(cargo);
      }
    }
    if (begun > 0) {
      gone = begun;
      bytes -= begun;
    }
  }

  /** Forgets everything. */
  void clear() {
    ring = NONE;
    head = 0;
    count = 0;
    gone = 0;
    bytes = 0;
  }

  private Cargo first() {
    return Objects.requireNonNull(ring[head]);
  }

  private void removeFirst() {
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    count--;
    gone = 0;
    if (count == 0 && ring.length > KEPT_SIZE) {
      clear();
    }
  }

  private void grow() {
    @Nullable Cargo[] larger =
        Arrays.copyOfRange(ring, head, head + Math.max(FIRST_SIZE, 2 * ring.length));
    int wrapped = head;
    System.arraycopy(ring, 0, larger, ring.length - wrapped, wrapped);
    ring = larger;
    head = 0;
  }
}
