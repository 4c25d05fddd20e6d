package chat.starling.gateway.delivery;

import java.util.List;

/**
 * Frames of bumps on their way to one client. Those for which it has no room are left out; once it
 * has, all heads are told instead, frame by frame as there is room, so that also a client that
 * reads slowly gets to the end of them. Confined to its event loop.
 */
public final class BumpFlow {

  /** The way to the client. */
  public interface Way {

    /** The client has room for a page. */
    boolean hasRoom();

    /** Runs the task when the client has room for a page, at once if it has it now. */
    void whenRoom(Runnable task);

    /** Sends a frame that others are sent too. */
    void share(Notice notice);
  }

  private final BumpRelay relay;
  private final List<BumpSeat> seats;
  private final Way way;

  /** Frames were left out, and what makes up for them is not all told yet. */
  private boolean behind;

  /** A frame was left out since all heads began to be told. */
  private boolean again;

  private boolean telling;
  private int seat;
  private long after;

  /**
   * @param seats of the session, one for each workspace; may grow
   */
  public BumpFlow(BumpRelay relay, List<BumpSeat> seats, Way way) {
    this.relay = relay;
    this.seats = seats;
    this.way = way;
  }

  /** Sends the frame, or what makes up for it later. */
  public void tell(Notice notice) {
    if (telling || (!behind && way.hasRoom())) {
      way.share(notice);
    } else if (behind) {
      again = true;
    } else {
      fallBehind();
    }
  }

  /** The client has not been told everything that it seems to have been told. */
  public boolean isBehind() {
    return behind;
  }

  private void fallBehind() {
    behind = true;
    seat = 0;
    after = 0;
    way.whenRoom(this::goOn);
  }

  private void goOn() {
    while (seat < seats.size()) {
      if (!way.hasRoom()) {
        way.whenRoom(this::goOn);
        return;
      }
      tellNext();
    }
    behind = false;
    if (again) {
      fallBehind();
    }
  }

  private void tellNext() {
    if (seat == 0 && after == 0) {
      again = false;
    }
    telling = true;
    after = relay.tellSome(seats.get(seat), after);
    telling = false;
    if (after == BumpRelay.ALL) {
      seat++;
      after = 0;
    }
  }
}
