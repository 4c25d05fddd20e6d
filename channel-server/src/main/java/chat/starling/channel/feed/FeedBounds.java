package chat.starling.channel.feed;

import java.time.Duration;

/**
 * What one feed may hold and how long it waits.
 *
 * @param maxWaiting appends that are not answered yet
 * @param tailEvents events in the hot tail
 * @param tailBytes bytes of events in the hot tail
 * @param maxLag acked events that the history view lacks
 * @param maxNonces nonces in memory
 * @param nonceWindow how long a nonce returns its first result
 * @param retention how long the log keeps its rows
 * @param firstBackoff pause before a failed write is sent again; doubles up to maxBackoff
 */
public record FeedBounds(
    int maxWaiting,
    int tailEvents,
    long tailBytes,
    int maxLag,
    int maxNonces,
    Duration nonceWindow,
    Duration retention,
    Duration firstBackoff,
    Duration maxBackoff) {

  /** The pause before a try, of which {@code failures} went wrong before. */
  public Duration backoff(int failures) {
    Duration wait = firstBackoff.multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(maxBackoff) < 0 ? wait : maxBackoff;
  }
}
