package chat.starling.bench;

import chat.starling.bench.boot.Newcomer;
import chat.starling.bench.process.ProcessorTime;
import chat.starling.bench.servers.StoreCounts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What users cost who came in.
 *
 * @param connects how many came
 * @param readyBytes of all Ready frames
 * @param bytes of all that they were told until everything had come
 * @param processor of gateway and channel server
 * @param reads of the database, by table
 * @param writes to it, by table
 */
record Visit(
    int connects,
    long readyBytes,
    long bytes,
    Duration processor,
    Map<String, Long> reads,
    Map<String, Long> writes) {

  /** Of the servers' own doings, which go on whether somebody comes or not. */
  private static final Set<String> OWN = Set.of("ring", "server_lease", "shard_owner");

  /** Lets them come, and waits until what was begun is written. */
  static Visit of(StoreCounts counts, Set<Long> pids, Supplier<List<Newcomer>> coming) {
    Map<String, Long> readBefore = counts.reads();
    Map<String, Long> writtenBefore = counts.writes();
    Duration before = ProcessorTime.of(pids);
    List<Newcomer> there = coming.get();
    Duration processor = ProcessorTime.of(pids).minus(before);
    counts.awaitQuiet();
    return new Visit(
        there.size(),
        there.stream().mapToLong(Newcomer::readyBytes).sum(),
        there.stream().mapToLong(Newcomer::bytes).sum(),
        processor,
        withoutOwn(StoreCounts.grown(readBefore, counts.reads())),
        withoutOwn(StoreCounts.grown(writtenBefore, counts.writes())));
  }

  /** Both together. */
  Visit plus(Visit other) {
    return new Visit(
        connects + other.connects,
        readyBytes + other.readyBytes,
        bytes + other.bytes,
        processor.plus(other.processor),
        sum(reads, other.reads),
        sum(writes, other.writes));
  }

  double bytesEach() {
    return (double) bytes / connects;
  }

  /** Reads and writes of the database. */
  double queriesEach() {
    return (double) (total(reads) + total(writes)) / connects;
  }

  double millisEach() {
    return processor.toNanos() / 1e6 / connects;
  }

  /** For people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%.0f bytes of Ready, %.0f in all; %.1f ms of processors; %.2f queries (read: %s; written:"
            + " %s)",
        (double) readyBytes / connects,
        bytesEach(),
        millisEach(),
        queriesEach(),
        line(reads),
        line(writes));
  }

  /** For machines. */
  Map<String, Object> figures() {
    return Map.of(
        "connects", connects,
        "ready_bytes", readyBytes,
        "bytes", bytes,
        "cpu_ms", processor.toMillis(),
        "reads", reads,
        "writes", writes);
  }

  private String line(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "nothing"
        : counts.entrySet().stream()
            .map(each ->
                String.format(
                    Locale.ROOT, "%s %.2f", each.getKey(), (double) each.getValue() / connects))
            .collect(Collectors.joining(", "));
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new TreeMap<>(one);
    other.forEach((table, count) -> sum.merge(table, count, Long::sum));
    return sum;
  }

  private static Map<String, Long> withoutOwn(Map<String, Long> counts) {
    Map<String, Long> others = new TreeMap<>(counts);
    others.keySet().removeAll(OWN);
    return others;
  }
}
