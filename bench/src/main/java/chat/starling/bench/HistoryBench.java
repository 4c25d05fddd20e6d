package chat.starling.bench;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.bench.load.Channels;
import chat.starling.bench.load.Comparison;
import chat.starling.bench.load.Side;
import chat.starling.bench.servers.BenchServers;
import chat.starling.bench.servers.StoreCounts;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.CqlSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Pages of history: how many queries identical reads cost, as the database counts them, and how
 * long a page of old messages takes beside the bare query.
 */
@Command(
    name = "history",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "Pages of history: queries that they cost, and their time beside the bare query.")
final class HistoryBench extends Bench {

  private static final long CHANNEL = 77;
  private static final int APPENDS_AT_ONCE = 256;

  /**
   * Where the server looks all along for feeds that somebody left open, whatever is asked of it.
   */
  private static final String HOUSEKEEPING = "open_feeds";

  @Option(names = "--messages", defaultValue = "20000", description = "messages of the channel")
  private int messages;

  @Option(names = "--readers", defaultValue = "1000", description = "identical reads at once")
  private int readers;

  @Option(names = "--page", defaultValue = "50", description = "messages of a page")
  private int page;

  @Option(names = "--in-flight", defaultValue = "16", description = "reads in flight when timed")
  private int inFlight;

  @Mixin private Turns turns = new Turns();

  HistoryBench() {
    super("history");
  }

  @Override
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("messages", messages);
    options.put("readers", readers);
    options.put("page", page);
    options.put("in_flight", inFlight);
    turns.note(options);
    return options;
  }

  @Override
  void measure(BenchServers servers, Report report) {
    CqlSettings settings = servers.cql();
    try (CqlSession session = CqlStore.connect(settings, "bench")) {
      var counts = new StoreCounts(session, settings.keyspace());
      List<Long> ids = write(servers, report);
      counts.awaitQuiet();
      servers.restartChannelServer();
      try (var client = new ChannelServerClient(servers.channelServer())) {
        client.readHistory(newest()).toCompletableFuture().join();
        long cold = queries(counts, client, before(ids.get(messages / 4)), "cold", report);
        long hot = queries(counts, client, newest(), "hot", report);
        Comparison times =
            turns
                .duel(inFlight, servers.storingPids())
                .run(
                    new Pages(client, ids),
                    new Queries(new MessageRows(new CqlTables(session, settings)), ids),
                    () -> {},
                    report::progress);
        times.lines().forEach(line -> report.line("  " + line));
        report.figure("cold_queries", cold);
        report.figure("hot_queries", hot);
        report.figure("times", times.figures());
        report.line(
            String.format(
                Locale.ROOT,
                "history cold_queries=%d hot_queries=%d p99_ratio=%.3f",
                cold,
                hot,
                times.latencyRatio(99)));
      }
    }
  }

  /** Fills the channel; the ids in their order. */
  private List<Long> write(BenchServers servers, Report report) {
    var texts = Channels.withTextOf(120);
    List<Long> ids = new ArrayList<>();
    try (var client = new ChannelServerClient(servers.channelServer())) {
      var inFlight = new ArrayDeque<CompletableFuture<AppendResponse>>();
      for (int i = 0; i < messages; i++) {
        inFlight.add(client.append(texts.append(CHANNEL)).toCompletableFuture());
        if (inFlight.size() == APPENDS_AT_ONCE) {
          ids.add(inFlight.remove().join().getMessageId());
        }
      }
      inFlight.forEach(append -> ids.add(append.join().getMessageId()));
    }
    ids.sort(null);
    report.line("history: %d messages written, then the server started anew".formatted(messages));
    return ids;
  }

  /** How many queries of the history view it takes that so many ask for one page at once. */
  private long queries(
      StoreCounts counts,
      ChannelServerClient client,
      ReadHistoryRequest request,
      String what,
      Report report) {
    Map<String, Long> before = counts.reads();
    var pages =
        Stream.generate(() -> client.readHistory(request).toCompletableFuture())
            .limit(readers)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .distinct()
            .toList();
    Map<String, Long> grown = StoreCounts.grown(before, counts.reads());
    if (pages.size() != 1 || pages.getFirst().getMessagesCount() != page) {
      throw new IllegalStateException("not one page of " + page + " messages: " + pages.size());
    }
    report.line("  %s page read %d times at once: queries %s".formatted(what, readers, grown));
    grown.remove(HOUSEKEEPING);
    return grown.values().stream().mapToLong(Long::longValue).sum();
  }

  private ReadHistoryRequest newest() {
    return ReadHistoryRequest.newBuilder().setChannelId(CHANNEL).setLimit(page).build();
  }

  private ReadHistoryRequest before(long id) {
    return newest().toBuilder().setBefore(id).build();
  }

  /** Walks through all old pages, so that none comes again soon. */
  private abstract class Walk implements Side {
    private final List<Long> ids;
    private final AtomicInteger turn = new AtomicInteger();

    Walk(List<Long> ids) {
      this.ids = ids.subList(page + 1, ids.size() / 2);
    }

    long next() {
      return ids.get(Math.floorMod(turn.getAndIncrement(), ids.size()));
    }
  }

  /** Pages by the server. */
  private final class Pages extends Walk {
    private final ChannelServerClient client;

    Pages(ChannelServerClient client, List<Long> ids) {
      super(ids);
      this.client = client;
    }

    @Override
    public String name() {
      return "server";
    }

    @Override
    public CompletionStage<ReadHistoryResponse> send() {
      return client.readHistory(before(next()));
    }

    @Override
    public long refused() {
      return client.refused();
    }
  }

  /** The same messages by the bare query. */
  private final class Queries extends Walk {
    private final MessageRows rows;

    Queries(MessageRows rows, List<Long> ids) {
      super(ids);
      this.rows = rows;
    }

    @Override
    public String name() {
      return "driver";
    }

    @Override
    public CompletionStage<?> send() {
      return rows.below(CHANNEL, next(), page + 1);
    }
  }
}
