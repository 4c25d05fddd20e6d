package chat.starling.bench.load;

import chat.starling.bench.process.ServerTime;
import java.util.Locale;

/**
 * One turn of each side, one right after the other.
 *
 * @param servers what the servers took of the processors meanwhile
 */
public record Round(Slice first, Slice second, ServerTime servers) {

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
    return line(firstName, first) + " | " + line(secondName, second) + " | " + servers.line();
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
