package chat.starling.bench.drain;

import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What all clients together got. Times are microseconds from what a message's text begins with, the
 * moment of its sending.
 *
 * @param deliveries events that were the next of their stream
 * @param frames DATA frames, whatever they held
 * @param bytes of data, without the frames' heads
 * @param gaps events that were left out before another
 * @param duplicates events that had been there, or came too late
 * @param seen the last seq that every stream has
 * @param every how long each delivery took, since these counts were last asked for
 * @param last how long each event took to the last stream, since then
 */
public record Counts(
    long deliveries,
    long frames,
    long bytes,
    long gaps,
    long duplicates,
    long seen,
    Times every,
    Times last) {

  /** How long something took, in microseconds; all 0 when it never happened. */
  public record Times(long count, long p50, long p99, long p999, long max) {

    static Times of(Histogram histogram) {
      return new Times(
          histogram.getTotalCount(),
          histogram.getValueAtPercentile(50),
          histogram.getValueAtPercentile(99),
          histogram.getValueAtPercentile(99.9),
          histogram.getMaxValue());
    }
  }

  /** The parts of several threads, summed up. */
  static Counts sum(List<Tally.Part> parts, long seen) {
    return new Counts(
        parts.stream().mapToLong(Tally.Part::deliveries).sum(),
        parts.stream().mapToLong(Tally.Part::frames).sum(),
        parts.stream().mapToLong(Tally.Part::bytes).sum(),
        parts.stream().mapToLong(Tally.Part::gaps).sum(),
        parts.stream().mapToLong(Tally.Part::duplicates).sum(),
        seen,
        Times.of(sum(parts.stream().map(Tally.Part::every))),
        Times.of(sum(parts.stream().map(Tally.Part::last))));
  }

  private static Histogram sum(Stream<Histogram> histograms) {
    Histogram sum = Tally.histogram();
    histograms.forEach(sum::add);
    return sum;
  }
}
