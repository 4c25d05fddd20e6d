package chat.starling.gateway.delivery;

import java.time.Duration;

/** When one session's events leave: at the end of the turn they came in, or with the next tick. */
public final class Departure {

  private final Ticker loop;
  private final Outflow out;
  private long wished;
  private long left;
  private boolean waiting;

  /** Of a session, or of several, on this loop. */
  public Departure(Ticker loop, Outflow out) {
    this.loop = loop;
    this.out = out;
    this.left = loop.now() - Duration.ofDays(1).toNanos();
  }

  /** The client can do with fewer frames: events wait so long for others of their kind. */
  public void wish(Duration tick) {
    wished = tick.toNanos();
  }

  /** An event was written. */
  public void eventWritten() {
    if (waiting) {
      return;
    }
    if (loop.isOff()) {
      leave(loop.now());
      return;
    }
    waiting = true;
    if (loop.mayLeave(left, wished)) {
      loop.soon(this);
    } else {
      loop.await(this);
    }
  }

  /** Nobody asks for more than the loop's own tick. */
  public boolean isUsual() {
    return wished <= loop.tick().toNanos();
  }

  long wished() {
    return wished;
  }

  long left() {
    return left;
  }

  void leave(long now) {
    waiting = false;
    left = now;
    out.flush();
  }
}
