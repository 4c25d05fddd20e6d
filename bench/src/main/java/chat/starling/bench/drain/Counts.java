package chat.starling.bench.drain;

import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What all clients together got. Times are in microseconds, from what a message's text begins with,
 * the moment of its sending; see {@link Times#histogram}.
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
    String every,
    String last) {

  /** For people who look for a fault. */
  public String line() {
    return "%d deliveries, %d gaps, %d duplicates; every stream has seq %d"
        .formatted(deliveries, gaps, duplicates, seen);
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
        Times.text(sum(parts.stream().map(Tally.Part::every))),
        Times.text(sum(parts.stream().map(Tally.Part::last))));
  }

  private static Histogram sum(Stream<Histogram> histograms) {
    Histogram sum = Times.empty();
    histograms.forEach(sum::add);
    return sum;
  }
}
