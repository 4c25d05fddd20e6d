package chat.starling.bench.fanout;

import java.time.Duration;

/**
 * Sends as fast as the slowest viewer follows.
 *
 * @param inFlight events that the slowest viewer lags behind at most
 * @param burst events that are sent in one go
 * @param slice how long
 */
public record Pump(int inFlight, int burst, Duration slice) implements Stand.Sending {

  /** Refuses what would never send anything. */
  public Pump {
    if (burst < 1 || inFlight < burst) {
      throw new IllegalArgumentException(
          "in flight %d, burst %d (expected: 1..burst..in flight)".formatted(inFlight, burst));
    }
  }

  @Override
  public long send(Source source, DrainProcess viewers, long firstSeq) {
    long deadline = System.nanoTime() + slice.toNanos();
    long sent = 0;
    while (System.nanoTime() < deadline) {
      viewers.awaitSeen(firstSeq - 1 + sent + burst - inFlight);
      source.publish(burst);
      sent += burst;
    }
    return sent;
  }
}
