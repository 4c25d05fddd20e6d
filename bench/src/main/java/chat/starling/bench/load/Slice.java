package chat.starling.bench.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What one side did in one slice of time.
 *
 * @param took the slice's length
 * @param done pieces of work that were done within it
 * @param refused how often a piece was refused and sent again
 * @param nanos how long each took, from its first sending to its answer
 */
public record Slice(Duration took, long done, long refused, Histogram nanos) {

  /** Pieces of work a second. */
  public double perSecond() {
    return done * 1e9 / took.toNanos();
  }

  /** The time within which this share of the work was done, in milliseconds. */
  public double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
