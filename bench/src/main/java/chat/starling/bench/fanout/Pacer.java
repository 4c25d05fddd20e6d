package chat.starling.bench.fanout;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends at a rate, unless the slowest viewer lags too far behind: then as fast as that follows.
 *
 * @param perSecond events a second
 * @param tick how often what is due is sent in one go; zero for each event by itself
 * @param lag events that the slowest viewer lags behind at most
 * @param slice how long
 */
public record Pacer(int perSecond, Duration tick, int lag, Duration slice)
    implements Stand.Sending {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** Refuses what would never send anything. */
  public Pacer {
    if (perSecond < 1 || lag < 1 || tick.isNegative()) {
      throw new IllegalArgumentException(
          "%d a second, lag %d, tick %s (expected: 1.., 1.., 0..)".formatted(perSecond, lag, tick));
    }
  }

  @Override
  public long send(Source source, DrainProcess viewers, long firstSeq) {
    long begun = System.nanoTime();
    long sent = 0;
    while (true) {
      long next = begun + nextAt(sent);
      if (Math.max(next, System.nanoTime()) - begun >= slice.toNanos()) {
        return sent;
      }
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      int due = due(next - begun, sent);
      viewers.awaitSeen(firstSeq - 1 + sent + due - lag);
      source.publish(due);
      sent += due;
    }
  }

  /**
   * When something is sent next, in nanoseconds from the beginning: at the first tick at or after
   * which the next event is due.
   */
  long nextAt(long sent) {
    long due = sent * SECOND / perSecond;
    long every = tick.toNanos();
    return every == 0 ? due : Math.ceilDiv(due, every) * every;
  }

  /** How many events are sent at this moment. */
  int due(long now, long sent) {
    if (tick.isZero()) {
      return 1;
    }
    long all = now * perSecond / SECOND + 1;
    return Math.clamp(all - sent, 1, lag);
  }
}
