package chat.starling.bench;

import chat.starling.bench.boot.Metrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How often a gateway's caches knew what they were asked for, as its own metrics tell. */
final class HitRates {

  /** All caches together. */
  static final String ALL = "all";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 250;

  /** A cache, and its counters. */
  private record Cache(String name, String hits, String misses) {

    static Cache ofWorkspaces(String name) {
      return new Cache(name, lookups(name, true), lookups(name, false));
    }

    private static String lookups(String name, boolean hit) {
      return "starling.cache.lookups{starling.cache.hit=" + hit + ",starling.cache=" + name + "}";
    }

    static Cache ofEdge(String name) {
      String counter = "starling.edge.requests{starling.edge.cache=" + name;
      return new Cache(
          "edge " + name,
          counter + ",starling.edge.result=hit}",
          counter + ",starling.edge.result=miss}");
    }
  }

  private static final List<Cache> CACHES =
      List.of(Cache.ofWorkspaces("channels"), Cache.ofWorkspaces("permits"), Cache.ofEdge("users"));

  private HitRates() {}

  /**
   * By cache, once the metrics tell of so many permits asked for and do not grow any more.
   *
   * @throws IllegalStateException when they never do
   */
  static Map<String, Double> await(Metrics metrics, int permits) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Cache asked = Cache.ofWorkspaces("permits");
    while (metrics.counter(asked.hits()) + metrics.counter(asked.misses()) < permits) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no metrics: " + metrics.counters());
      }
      sleep();
    }
    Map<String, Double> rates = new LinkedHashMap<>();
    long allHits = 0;
    long all = 0;
    for (Cache cache : CACHES) {
      long hits = metrics.counter(cache.hits());
      long lookups = hits + metrics.counter(cache.misses());
      allHits += hits;
      all += lookups;
      if (lookups > 0) {
        rates.put(cache.name(), (double) hits / lookups);
      }
    }
    rates.put(ALL, (double) allHits / all);
    return rates;
  }

  /** For people. */
  static String line(Map<String, Double> rates) {
    return rates.entrySet().stream()
        .map(rate -> String.format(Locale.ROOT, "%s %.4f", rate.getKey(), rate.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
