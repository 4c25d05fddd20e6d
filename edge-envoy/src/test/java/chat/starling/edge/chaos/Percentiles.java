package chat.starling.edge.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Many times in few words. */
record Percentiles(List<Duration> sorted) {

  static Percentiles of(Collection<Duration> times) {
    return new Percentiles(times.stream().sorted().toList());
  }

  /** At most this long for this share of them; nothing when there are none. */
  Duration at(double share) {
    return sorted.isEmpty()
        ? Duration.ZERO
        : sorted.get((int) Math.ceil(share * (sorted.size() - 1)));
  }

  @Override
  public String toString() {
    return "p50 %d ms, p99 %d ms, longest %d ms (of %d)"
        .formatted(at(0.5).toMillis(), at(0.99).toMillis(), at(1).toMillis(), sorted.size());
  }
}
