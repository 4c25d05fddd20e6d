package chat.starling.bench;

import chat.starling.bench.fanout.DeliveryRounds;
import chat.starling.bench.fanout.Lap;
import chat.starling.bench.fanout.Lineup;
import chat.starling.bench.fanout.Pacer;
import chat.starling.bench.fanout.ReferenceProcess;
import chat.starling.bench.reference.BareMain;
import chat.starling.bench.reference.ReferencePlan;
import chat.starling.bench.servers.BenchServers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One channel that a thousand look at as phones do, by TLS through Envoy: what a delivery costs
 * Envoy and the gateway together, at several rates.
 */
@Command(
    name = "edge",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description =
        "Deliveries by TLS through Envoy, for a second of Envoy's and the gateway's time.")
final class EdgeBench extends DeliveryBench {

  static final String WHOLE = "whole";
  static final String TICKS_OFF = "ticks-off";
  static final String BARE = "bare";

  /** Any: the reference server has one channel, whatever it is called. */
  private static final long REFERENCE_CHANNEL = 1;

  private static final int LEAST_LAG = 8;

  @Option(names = "--clients", defaultValue = "1000", description = "clients, a connection each")
  private int clients;

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "10,100,1000",
      description = "messages a second in the channel, one rate after the other")
  private List<Integer> rates = List.of();

  @Option(
      names = "--bare-tick-ms",
      defaultValue = "0",
      description = "for how long bare Netty joins what a client gets; 0 for not at all")
  private int bareTickMillis;

  @Option(names = "--loops", defaultValue = "2", description = "event loops of bare Netty")
  private int loops;

  @Mixin private Turns turns = new Turns();

  EdgeBench() {
    super("edge");
  }

  @Override
  void note(Map<String, Object> options) {
    options.put("clients", clients);
    options.put("rates", rates);
    options.put("bare_tick_ms", bareTickMillis);
    options.put("loops", loops);
    turns.note(options);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    try (var client = new ChannelServerClient(servers.channelServer());
        Lineup lineup = new Lineup()) {
      var edges =
          new Edges(servers, client, () -> audience(servers, client), messages(), clients, lineup);
      var plan = new ReferencePlan(loops, REFERENCE_CHANNEL, textBytes());
      try (ReferenceProcess bare = ReferenceProcess.start(BARE, BareMain.class, plan)) {
        edges.addGateway(WHOLE);
        edges.addReference(bare, bareTickMillis == 0 ? bare : bare.joining());
        Map<String, String> ticksOff = Ticks.off();
        if (!ticksOff.isEmpty()) {
          edges.addGatewayWith(TICKS_OFF, ticksOff);
        }
        report.line("edge: %d TLS clients of one channel, through Envoy".formatted(clients));
        var summary = new EdgeSummary(report);
        int warmUp = turns.warmUp();
        for (int rate : rates) {
          summary.add(rate, atRate(rate, lineup, warmUp, report));
          warmUp = turns.warmUpAgain();
        }
        summary.end();
      }
    }
  }

  private DeliveryRounds atRate(int rate, Lineup lineup, int warmUp, Report report) {
    int lag = Math.max(LEAST_LAG, rate / 2);
    Duration tick = Duration.ofMillis(bareTickMillis);
    List<Lap> laps =
        lineup.laps(source ->
            new Pacer(rate, source.name().equals(BARE) ? tick : Duration.ZERO, lag, turns.slice()));
    DeliveryRounds rounds = DeliveryRounds.run(laps, warmUp, turns.rounds(), report::progress);
    report.line("at %d messages a second".formatted(rate));
    for (Lap lap : laps) {
      report.line("  " + line(lap.name(), rounds));
      rounds.heldLine(lap.name(), rate).ifPresent(report::line);
    }
    report.line("  " + rounds.ratioLine(WHOLE, BARE));
    report.figure("rate_" + rate, rounds.figures());
    report.chart(
        "deliveries for a second of a processor, at %d messages a second".formatted(rate),
        laps.stream()
            .map(lap -> new BarChart.Bar(lap.name(), rounds.perProcessorSecond(lap.name())))
            .toList());
    return rounds;
  }

  private String line(String lap, DeliveryRounds rounds) {
    return String.format(
        Locale.ROOT,
        "%s, %.1f frames a client and second, last viewer p50 %.1f ms p99 %.1f ms,"
            + " durable p50 %.1f ms p99 %.1f ms",
        rounds.line(lap),
        rounds.middle(lap, slice -> slice.frames() * 1e9 / slice.took().toNanos()) / clients,
        rounds.lastViewerMillis(lap, 50),
        rounds.lastViewerMillis(lap, 99),
        rounds.storedMillis(lap, 50),
        rounds.storedMillis(lap, 99));
  }
}
