package chat.starling.channel.owner;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The stamps of a server's marks: they only rise for as long as the process lives, which is at
 * least as long as any of its epochs. Microseconds since 1970, or more when the clock goes back.
 */
public final class MarkStamps {

  private static final long MICROS_PER_MILLI = 1_000;

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong();

  /** Stamps near this time of day. */
  public MarkStamps(InstantSource clock) {
    this.clock = clock;
  }

  long next() {
    long now = clock.millis() * MICROS_PER_MILLI;
    return last.updateAndGet(before -> Math.max(before + 1, now));
  }
}
