package chat.starling.gateway.delivery;

import java.util.Arrays;

/** The sessions of some place that are members of one channel, in no order. */
final class BumpSeats {

  private BumpSeat[] seats = new BumpSeat[2];
  private int count;

  int count() {
    return count;
  }

  BumpSeat get(int index) {
    return seats[index];
  }

  void add(BumpSeat seat) {
    if (count == seats.length) {
      seats = Arrays.copyOf(seats, count * 2);
    }
    seats[count++] = seat;
  }

  boolean remove(BumpSeat seat) {
    for (int i = 0; i < count; i++) {
      if (seats[i] == seat) {
        seats[i] = seats[--count];
        clearLast();
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("NullAway") // slots from count on hold nothing
  private void clearLast() {
    seats[count] = null;
  }
}
