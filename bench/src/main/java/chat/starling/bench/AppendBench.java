package chat.starling.bench;

import chat.starling.bench.load.Channels;
import chat.starling.bench.load.Comparison;
import chat.starling.bench.load.Duel;
import chat.starling.bench.load.Side;
import chat.starling.bench.servers.BenchServers;
import chat.starling.bench.servers.StoreCounts;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.CqlSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Acked appends through a channel server, beside the driver alone inserting the same rows: what a
 * place in the feed, the ack in order and everything behind it cost.
 */
@Command(
    name = "append",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "Acked appends, beside the driver alone inserting the same rows.")
final class AppendBench extends Bench {

  private static final long SERVERS_FIRST = 1_000;
  private static final long DRIVERS_FIRST = 1_000_000;

  @Option(names = "--in-flight", defaultValue = "64", description = "appends in flight")
  private int inFlight;

  @Option(names = "--channels", defaultValue = "256", description = "channels of the shape 'many'")
  private int channels;

  @Option(names = "--text-bytes", defaultValue = "120", description = "bytes of a message's text")
  private int textBytes;

  @Mixin private Turns turns = new Turns();

  AppendBench() {
    super("append");
  }

  @Override
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("in_flight", inFlight);
    options.put("channels", channels);
    options.put("text_bytes", textBytes);
    turns.note(options);
    return options;
  }

  @Override
  void measure(BenchServers servers, Report report) {
    CqlSettings settings = servers.cql();
    try (CqlSession session = CqlStore.connect(settings, "bench");
        ChannelServerClient client = new ChannelServerClient(servers.channelServer())) {
      var messages = Channels.withTextOf(textBytes);
      var rows = new LogRows(new CqlTables(session, settings), messages);
      var counts = new StoreCounts(session, settings.keyspace());
      report.line(
          "append: server and driver in turn, %d in flight each; both clients are this process"
              .formatted(inFlight));
      Duel duel = turns.duel(inFlight, servers.storingPids());
      Comparison many = shape("many", channels, duel, client, messages, rows, counts, report);
      Comparison hot = shape("hot", 1, duel, client, messages, rows, counts, report);
      report.line(summary("append many", many.throughputRatio(), many.latencyRatio(99)));
      report.line(summary("append hot", hot.throughputRatio(), hot.latencyRatio(99)));
      report.line(
          summary(
              "append",
              Math.min(many.throughputRatio(), hot.throughputRatio()),
              Math.max(many.latencyRatio(99), hot.latencyRatio(99))));
    }
  }

  private Comparison shape(
      String shape,
      int size,
      Duel duel,
      ChannelServerClient client,
      Channels messages,
      LogRows rows,
      StoreCounts counts,
      Report report) {
    report.line("%s: %d channel%s".formatted(shape, size, size == 1 ? "" : "s"));
    // Each shape has channels of its own, so that no row of one is in the way of the other.
    long shift = size == 1 ? 500_000 : 0;
    Side server = new Appends(client, messages, SERVERS_FIRST + shift, size);
    Side driver = new Inserts(rows, DRIVERS_FIRST + shift, size);
    Comparison result = duel.run(server, driver, counts::awaitQuiet, report::progress);
    result.lines().forEach(line -> report.line("  " + line));
    report.figure(shape, result.figures());
    return result;
  }

  private static String summary(String what, double throughput, double p99) {
    return String.format(
        Locale.ROOT, "%s throughput_ratio=%.3f p99_ratio=%.3f", what, throughput, p99);
  }

  /** Appends to channels in turn through the channel server. */
  private static final class Appends implements Side {
    private final ChannelServerClient client;
    private final Channels messages;
    private final long first;
    private final int size;
    private final AtomicInteger turn = new AtomicInteger();

    Appends(ChannelServerClient client, Channels messages, long first, int size) {
      this.client = client;
      this.messages = messages;
      this.first = first;
      this.size = size;
    }

    @Override
    public String name() {
      return "server";
    }

    @Override
    public CompletionStage<?> send() {
      return client.append(messages.append(first + Math.floorMod(turn.getAndIncrement(), size)));
    }

    @Override
    public long refused() {
      return client.refused();
    }
  }

  /** Inserts the rows of as many channels in turn with the driver alone. */
  private static final class Inserts implements Side {
    private final LogRows rows;
    private final long first;
    private final List<AtomicLong> seqs;
    private final AtomicInteger turn = new AtomicInteger();

    Inserts(LogRows rows, long first, int size) {
      this.rows = rows;
      this.first = first;
      seqs = IntStream.range(0, size).mapToObj(i -> new AtomicLong()).toList();
    }

    @Override
    public String name() {
      return "driver";
    }

    @Override
    public CompletionStage<?> send() {
      int channel = Math.floorMod(turn.getAndIncrement(), seqs.size());
      long seq = seqs.get(channel).incrementAndGet();
      return rows.write(first + channel, seq, 1, rows.nextId());
    }
  }
}
