package chat.starling.bench.fanout;

import java.time.Instant;
import java.time.InstantSource;

/** Moments as messages' texts begin with them. */
final class Micros {

  private static final long A_SECOND = 1_000_000;

  private Micros() {}

  /** Microseconds of the epoch. */
  static long now(InstantSource clock) {
    Instant now = clock.instant();
    return now.getEpochSecond() * A_SECOND + now.getNano() / 1_000;
  }
}
