package chat.starling.bench.load;

import java.util.Locale;

/** One turn of each side, one right after the other. */
public record Round(Slice first, Slice second) {

  /** How much the first side did of what the second did. */
  double throughputRatio() {
    return first.perSecond() / second.perSecond();
  }

  /** How many times as long the first side took, at this percentile. */
  double latencyRatio(double percentile) {
    return first.millis(percentile) / second.millis(percentile);
  }

  /** Both in one line. */
  String line(String firstName, String secondName) {
    return line(firstName, first) + " | " + line(secondName, second);
  }

  private static String line(String name, Slice slice) {
    String refused = slice.refused() == 0 ? "" : ", " + slice.refused() + " refused first";
    return String.format(
        Locale.ROOT,
        "%s %.0f/s p50 %.2f ms p99 %.2f ms%s",
        name,
        slice.perSecond(),
        slice.millis(50),
        slice.millis(99),
        refused);
  }
}
