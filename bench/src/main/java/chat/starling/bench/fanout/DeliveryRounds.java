package chat.starling.bench.fanout;

import chat.starling.bench.drain.Times;
import chat.starling.bench.load.WarmUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Rounds in which servers had their turns one right after the other. What is said of a server is
 * the median of its slices; a ratio is the median of the rounds' ratios.
 *
 * @param slices by lap, one a round
 */
public record DeliveryRounds(Map<String, List<DeliverySlice>> slices) {

  /** The share of a rate from which on it counts as held: the last message takes its time too. */
  private static final double HELD = 0.95;

  /**
   * Runs them.
   *
   * @param laps of each round; warm-up goes on for as long as the first still gets faster, or
   *     compilers are at work in any
   * @param warmUp rounds before, at least, that do not count
   * @param rounds that count
   * @param progress told of each lap
   */
  public static DeliveryRounds run(
      List<Lap> laps, int warmUp, int rounds, Consumer<String> progress) {
    var warmUps = new WarmUp(warmUp);
    while (warmUps.goesOn()) {
      String round = "warm-up " + (warmUps.done() + 1);
      List<DeliverySlice> slices = round(round, laps, progress);
      double compiling =
          slices.stream().mapToDouble(slice -> slice.servers().compiling()).max().orElse(0);
      warmUps.did(slices.getFirst().perProcessorSecond(), compiling);
    }
    Map<String, List<DeliverySlice>> slices = new LinkedHashMap<>();
    for (int i = 1; i <= rounds; i++) {
      List<DeliverySlice> round = round("round " + i, laps, progress);
      for (int lap = 0; lap < laps.size(); lap++) {
        slices.computeIfAbsent(laps.get(lap).name(), name -> new ArrayList<>()).add(round.get(lap));
      }
    }
    return new DeliveryRounds(slices);
  }

  private static List<DeliverySlice> round(
      String round, List<Lap> laps, Consumer<String> progress) {
    List<DeliverySlice> slices = new ArrayList<>();
    for (Lap lap : laps) {
      DeliverySlice slice = lap.run();
      slices.add(slice);
      progress.accept("%s, %s: %s".formatted(round, lap.name(), slice.line()));
    }
    return slices;
  }

  /** Deliveries for a second of a processor. */
  public double perProcessorSecond(String lap) {
    return middle(lap, DeliverySlice::perProcessorSecond);
  }

  /** Whether this one had turns. */
  public boolean has(String lap) {
    return slices.containsKey(lap);
  }

  /** How many events came in one DATA frame. */
  public double eventsPerFrame(String lap) {
    return middle(lap, slice -> (double) slice.deliveries() / Math.max(1, slice.frames()));
  }

  /** Some figure of a server. */
  public double middle(String lap, ToDoubleFunction<DeliverySlice> figure) {
    return median(of(lap).stream().mapToDouble(figure).sorted().toArray());
  }

  /** The time in which this share of all events came to their last viewers, in milliseconds. */
  public double lastViewerMillis(String lap, double percentile) {
    Histogram all = Times.empty();
    of(lap).forEach(slice -> all.add(slice.last()));
    return all.getValueAtPercentile(percentile) / 1e3;
  }

  /** The time in which this share of all events was durable, in milliseconds; 0 for none. */
  public double storedMillis(String lap, double percentile) {
    Histogram all = Times.empty();
    of(lap).forEach(slice -> all.add(slice.stored()));
    return all.getValueAtPercentile(percentile) / 1e3;
  }

  /** How many deliveries one server gets out of a processor for each of another's. */
  public double ratio(String lap, String beside) {
    return median(ratios(lap, beside));
  }

  /** A server's figures, for people. */
  public String line(String lap) {
    return String.format(
        Locale.ROOT,
        "%-22s %10.0f deliveries per CPU second, %10.0f/s, %5.1f events a frame",
        lap,
        perProcessorSecond(lap),
        middle(lap, DeliverySlice::perSecond),
        eventsPerFrame(lap));
  }

  /** That a server could not follow, and what it could; nothing when it held the rate. */
  public Optional<String> heldLine(String lap, int rate) {
    double held = middle(lap, slice -> slice.events() * 1e9 / slice.took().toNanos());
    return held >= HELD * rate
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "    %s did not hold %d messages a second on this machine: it held %.1f",
                lap,
                rate,
                held));
  }

  /** A ratio and its spread, for people. */
  public String ratioLine(String lap, String beside) {
    double[] ratios = ratios(lap, beside);
    return String.format(
        Locale.ROOT,
        "%s / %s: %.3f (rounds: %.3f to %.3f)",
        lap,
        beside,
        median(ratios),
        ratios[0],
        ratios[ratios.length - 1]);
  }

  /** All figures, for machines. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    slices.forEach(
        (lap, all) -> figures.put(lap, all.stream().map(DeliverySlice::figures).toList()));
    return figures;
  }

  private double[] ratios(String lap, String beside) {
    return IntStream.range(0, of(lap).size())
        .mapToDouble(round ->
            of(lap).get(round).perProcessorSecond() / of(beside).get(round).perProcessorSecond())
        .sorted()
        .toArray();
  }

  private List<DeliverySlice> of(String lap) {
    return slices.getOrDefault(lap, List.of());
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
