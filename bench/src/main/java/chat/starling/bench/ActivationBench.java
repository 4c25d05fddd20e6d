package chat.starling.bench;

import chat.starling.bench.load.Channels;
import chat.starling.bench.servers.BenchServers;
import chat.starling.bench.servers.StoreCounts;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The first append to a feed that nobody has in memory, with few rows behind it and with very many:
 * the reads that it costs, as the database counts them, do not grow with the feed.
 */
@Command(
    name = "activation",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "Reads that the first append to a feed costs, with few rows behind it and many.")
final class ActivationBench extends Bench {

  private static final TupleType START =
      DataTypes.tupleOf(DataTypes.BIGINT, DataTypes.BIGINT, DataTypes.BIGINT);
  private static final byte CHANNEL = 1;
  private static final long FIRST = 88_000;
  private static final long EPOCH = 1;
  private static final int WRITES_AT_ONCE = 64;
  private static final int ROWS_A_WRITE = 64;
  private static final long PROGRESS = 1_000_000;
  private static final Channels TEXTS = Channels.withTextOf(20);

  /**
   * A feed as an owner left it.
   *
   * @param size its rows
   * @param behind how many of them are above its head
   */
  private record Past(String name, long channel, long size, long behind) {}

  @Option(names = "--rows", defaultValue = "10000000", description = "rows behind the largest feed")
  private long rows;

  @Option(
      names = "--behind",
      defaultValue = "3000",
      description = "rows above the head of a feed that was left in the middle of its work")
  private long behind;

  ActivationBench() {
    super("activation");
  }

  @Override
  Map<String, Object> options() {
    return Map.of("rows", rows, "behind", behind);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    CqlSettings settings = servers.cql();
    List<Past> pasts =
        List.of(
            new Past("few", FIRST, 1_000, 0),
            new Past("many", FIRST + 1, rows, 0),
            new Past("behind", FIRST + 2, rows / 10, behind));
    try (CqlSession session = CqlStore.connect(settings, "bench")) {
      var tables = new CqlTables(session, settings);
      var counts = new StoreCounts(session, settings.keyspace());
      var log = new LogRows(tables, TEXTS);
      report.line("activation: rows written by the driver, then the server started anew");
      pasts.forEach(past -> write(tables, log, past, report));
      counts.awaitQuiet();
      // Started anew, the server's epoch is larger than the one under which the rows were written.
      servers.restartChannelServer();
      try (var client = new ChannelServerClient(servers.channelServer())) {
        client.append(TEXTS.append(FIRST - 1)).toCompletableFuture().join();
        StringBuilder summary = new StringBuilder("activation rows=").append(rows);
        for (Past past : pasts) {
          counts.awaitQuiet();
          Map<String, Long> reads = firstAppend(client, counts, past, report);
          report.figure(past.name(), reads);
          summary.append(" log_reads_%s=%d".formatted(past.name(), reads.get("feed_log")));
        }
        report.line(summary.toString());
      }
    }
  }

  /** The first append to the feed: what it read, by table. */
  private static Map<String, Long> firstAppend(
      ChannelServerClient client, StoreCounts counts, Past past, Report report) {
    Map<String, Long> before = counts.reads();
    long begun = System.nanoTime();
    var answer = client.append(TEXTS.append(past.channel())).toCompletableFuture().join();
    double millis = (System.nanoTime() - begun) / 1e6;
    if (answer.getSeq() != past.size() + 1) {
      throw new IllegalStateException("seq " + answer.getSeq() + " after " + past);
    }
    Map<String, Long> reads = StoreCounts.grown(before, counts.reads());
    report.line(
        String.format(
            Locale.ROOT,
            "  %-6s %8d rows, %d above the head: first append in %.1f ms, reads %s",
            past.name(),
            past.size(),
            past.behind(),
            millis,
            reads));
    return reads;
  }

  private static void write(CqlTables tables, LogRows log, Past past, Report report) {
    start(tables, past.channel());
    var inFlight = new ArrayDeque<CompletableFuture<Void>>();
    for (long seq = 1, last; seq <= past.size(); seq = last + 1) {
      last = LogRows.lastTogether(seq, Math.min(past.size(), seq + ROWS_A_WRITE - 1));
      inFlight.add(log.writeTogether(past.channel(), seq, last, EPOCH).toCompletableFuture());
      if (inFlight.size() == WRITES_AT_ONCE) {
        inFlight.remove().join();
      }
      if (last / PROGRESS > (seq - 1) / PROGRESS) {
        report.progress("%s: %d rows written".formatted(past.name(), last));
      }
    }
    inFlight.forEach(CompletableFuture::join);
    head(tables, past.channel(), past.size() - past.behind(), log.nextId());
  }

  private static void start(CqlTables tables, long channel) {
    TupleValue start = START.newValue(EPOCH, 1L, InstantSource.system().millis());
    tables
        .compareAndSet(
            tables
                .prepareCompareAndSet(
                    "INSERT INTO ${cas_keyspace}.feed_epochs (feed_kind, feed_id, version, starts)"
                        + " VALUES (?, ?, ?, ?) IF NOT EXISTS")
                .bind(CHANNEL, channel, 1L, List.of(start)))
        .toCompletableFuture()
        .join();
  }

  private static void head(CqlTables tables, long channel, long seq, long messageId) {
    tables
        .write(
            tables
                .prepareForLog(
                    "INSERT INTO ${keyspace}.feed_heads (feed_kind, feed_id, seq, message_id)"
                        + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?")
                .bind(CHANNEL, channel, seq, messageId, seq))
        .toCompletableFuture()
        .join();
  }
}
