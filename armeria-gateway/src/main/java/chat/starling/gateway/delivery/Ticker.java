package chat.starling.gateway.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * When the events of one loop's sessions leave. A frame costs its way through TLS and proxies
 * whatever is in it, so what follows an event within the tick leaves together: the first event
 * after a quiet moment goes at once, with what came in the same turn of the loop, and a session
 * gets a bounded number of frames a second however hot its channels are. When the loop is behind,
 * the tick grows, and shrinks again afterwards. Confined to its event loop.
 */
public final class Ticker {

  private final long shortest;
  private final long longest;
  private final LongSupplier nanos;
  private final Delay delay;
  private List<Departure> soon = new ArrayList<>();
  private List<Departure> waiting = new ArrayList<>();
  private List<Departure> leaving = new ArrayList<>();
  private long tick;
  private long now;
  private long due;
  private boolean ticking;

  /**
   * @param nanos a monotonic clock
   */
  public Ticker(Ticks ticks, LongSupplier nanos, Delay delay) {
    this.shortest = ticks.tick().toNanos();
    this.longest = Math.max(shortest, ticks.longest().toNanos());
    this.tick = shortest;
    this.nanos = nanos;
    this.delay = delay;
    this.now = nanos.getAsLong();
  }

  /** Looks at the clock: what is written until the next look is written at this time. */
  public void look() {
    if (shortest > 0) {
      now = nanos.getAsLong();
    }
  }

  /** The tick as it is now. */
  public Duration tick() {
    return Duration.ofNanos(tick);
  }

  /** The time of the last look. */
  long now() {
    return now;
  }

  /** Every event leaves by itself. */
  boolean isOff() {
    return shortest == 0;
  }

  /** Whether a session that left at this time, and wants such a tick, may leave again. */
  boolean mayLeave(long left, long wished) {
    return now - left >= Math.max(tick, wished);
  }

  /** The session leaves at the end of this turn. */
  void soon(Departure session) {
    if (soon.isEmpty()) {
      delay.run(Duration.ZERO, this::endTurn);
    }
    soon.add(session);
  }

  /** The session leaves with the next tick. */
  void await(Departure session) {
    waiting.add(session);
    if (!ticking) {
      schedule();
    }
  }

  private void endTurn() {
    List<Departure> turn = soon;
    soon = leaving;
    leaving = turn;
    turn.forEach(session -> session.leave(now));
    turn.clear();
  }

  private void schedule() {
    ticking = true;
    due = nanos.getAsLong() + tick;
    delay.run(Duration.ofNanos(tick), this::strike);
  }

  private void strike() {
    ticking = false;
    look();
    adapt(now - due);
    List<Departure> turn = waiting;
    waiting = leaving;
    leaving = turn;
    turn.forEach(this::leaveOrStay);
    turn.clear();
    if (!waiting.isEmpty() && !ticking) {
      schedule();
    }
  }

  /** A tick that another session's has run into lets a longer wish wait for its time. */
  private void leaveOrStay(Departure session) {
    if (session.wished() <= tick || mayLeave(session.left(), session.wished())) {
      session.leave(now);
    } else {
      waiting.add(session);
    }
  }

  private void adapt(long late) {
    if (late > tick / 2) {
      tick = Math.min(longest, tick * 2);
    } else if (late < tick / 8) {
      tick = Math.max(shortest, tick - tick / 4);
    }
  }
}
