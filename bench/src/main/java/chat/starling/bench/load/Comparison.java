package chat.starling.bench.load;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * The rounds of two sides. A ratio is the median of the rounds' ratios: the two slices of a round
 * lie side by side in time, and a round in which the machine did something else does not decide.
 *
 * @param rounds one or more
 */
public record Comparison(String firstName, String secondName, List<Round> rounds) {

  private static final double[] PERCENTILES = {50, 99};

  public Comparison {
    rounds = List.copyOf(rounds);
  }

  /** How much the first side does of what the second does: 1 is as much. */
  public double throughputRatio() {
    return median(Round::throughputRatio);
  }

  /** How many times as long the first side takes, at this percentile: 1 is as long. */
  public double latencyRatio(double percentile) {
    return median(round -> round.latencyRatio(percentile));
  }

  /** The figures of both sides and the spread of the ratios, for people. */
  public List<String> lines() {
    return List.of(
        line(firstName, Round::first),
        line(secondName, Round::second),
        spread("throughput ratio", Round::throughputRatio),
        spread("p50 ratio", round -> round.latencyRatio(50)),
        spread("p99 ratio", round -> round.latencyRatio(99)));
  }

  /** All figures, for machines. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("throughput_ratio", throughputRatio());
    figures.put("p50_ratio", latencyRatio(50));
    figures.put("p99_ratio", latencyRatio(99));
    figures.put(firstName, side(Round::first));
    figures.put(secondName, side(Round::second));
    return figures;
  }

  private Map<String, Object> side(Function<Round, Slice> side) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("per_second", perSecond(side));
    for (double percentile : PERCENTILES) {
      figures.put(
          "p%.0f_ms".formatted(percentile), all(side).getValueAtPercentile(percentile) / 1e6);
    }
    figures.put("refused", rounds.stream().map(side).mapToLong(Slice::refused).sum());
    figures.put(
        "slices",
        rounds.stream()
            .map(side)
            .map(s ->
                Map.of("per_second", s.perSecond(), "p50_ms", s.millis(50), "p99_ms", s.millis(99)))
            .toList());
    return figures;
  }

  private String line(String name, Function<Round, Slice> side) {
    return String.format(
        Locale.ROOT,
        "%-12s %9.0f/s   p50 %8.2f ms   p99 %8.2f ms",
        name,
        perSecond(side),
        all(side).getValueAtPercentile(50) / 1e6,
        all(side).getValueAtPercentile(99) / 1e6);
  }

  private String spread(String name, ToDoubleFunction<Round> ratio) {
    var sorted = rounds.stream().mapToDouble(ratio).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%-18s %.3f (rounds: %.3f to %.3f)",
        name,
        median(ratio),
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private double perSecond(Function<Round, Slice> side) {
    return rounds.stream().map(side).mapToDouble(Slice::perSecond).average().orElseThrow();
  }

  private Histogram all(Function<Round, Slice> side) {
    Histogram sum = new Histogram(3);
    rounds.stream().map(side).map(Slice::nanos).forEach(sum::add);
    return sum;
  }

  private double median(ToDoubleFunction<Round> ratio) {
    List<Double> sorted =
        rounds.stream().map(ratio::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
