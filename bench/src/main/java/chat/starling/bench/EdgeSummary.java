package chat.starling.bench;

import chat.starling.bench.fanout.DeliveryRounds;
import java.util.Locale;
import java.util.OptionalDouble;

/** What the last lines of {@code edge} say of each rate, and of all of them. */
final class EdgeSummary {

  /** Events in a frame up to which each has one of its own. */
  private static final double BY_ITSELF = 1.05;

  private final Report report;
  private String last = "";

  /** A delivery of its own frame, at the lowest rate at which it has one. */
  private OptionalDouble single = OptionalDouble.empty();

  EdgeSummary(Report report) {
    this.report = report;
  }

  /** A rate was measured; lower ones come first. */
  void add(int rate, DeliveryRounds rounds) {
    double whole = rounds.perProcessorSecond(EdgeBench.WHOLE);
    boolean ticks = rounds.has(EdgeBench.TICKS_OFF);
    if (single.isEmpty() && ticks && rounds.eventsPerFrame(EdgeBench.TICKS_OFF) <= BY_ITSELF) {
      single = OptionalDouble.of(rounds.perProcessorSecond(EdgeBench.TICKS_OFF));
    }
    last =
        String.format(
            Locale.ROOT,
            " whole_per_cpu_s=%.0f of_bare_ratio=%.3f tick_gain=%s single_gain=%s",
            whole,
            rounds.ratio(EdgeBench.WHOLE, EdgeBench.BARE),
            ticks ? text(rounds.ratio(EdgeBench.WHOLE, EdgeBench.TICKS_OFF)) : "none",
            single.isPresent() ? text(whole / single.getAsDouble()) : "none");
    report.line("edge rate=" + rate + last);
  }

  /** All rates were measured. */
  void end() {
    report.line("edge" + last);
  }

  private static String text(double gain) {
    return String.format(Locale.ROOT, "%.3f", gain);
  }
}
