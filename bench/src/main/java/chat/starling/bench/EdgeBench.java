package chat.starling.bench;

import chat.starling.bench.fanout.DeliveryRounds;
import chat.starling.bench.fanout.Lap;
import chat.starling.bench.fanout.Lineup;
import chat.starling.bench.fanout.Pacer;
import chat.starling.bench.fanout.ReferenceProcess;
import chat.starling.bench.load.Channels;
import chat.starling.bench.reference.BareMain;
import chat.starling.bench.reference.ReferencePlan;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.StackOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
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
final class EdgeBench extends Bench {

  private static final String WHOLE = "whole";
  private static final String TICKS_OFF = "ticks-off";
  private static final String BARE = "bare";

  /** The gateway's setting that joins events; a gateway that has none joins nothing. */
  private static final String TICK_SETTING = "delivery.tick";

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

  @Option(names = "--users", defaultValue = "100", description = "whose sessions they are")
  private int users;

  @Option(names = "--text-bytes", defaultValue = "200", description = "bytes of a message's text")
  private int textBytes;

  @Option(names = "--loops", defaultValue = "2", description = "event loops of bare Netty")
  private int loops;

  @Mixin private Turns turns = new Turns();

  EdgeBench() {
    super("edge");
  }

  @Override
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("clients", clients);
    options.put("rates", rates);
    options.put("bare_tick_ms", bareTickMillis);
    options.put("users", users);
    options.put("text_bytes", textBytes);
    options.put("loops", loops);
    turns.note(options);
    return options;
  }

  @Override
  StackOptions stack(StackOptions options) {
    return Quiet.sessions(options);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    try (var client = new ChannelServerClient(servers.channelServer());
        Lineup lineup = new Lineup()) {
      Audience audience = Audience.of(servers, client, users);
      Channels messages = Channels.withTextOf(textBytes);
      var edges = new Edges(servers, client, audience, messages, clients, lineup);
      var plan = new ReferencePlan(loops, audience.channelId(), textBytes);
      try (ReferenceProcess bare = ReferenceProcess.start(BARE, BareMain.class, plan)) {
        edges.addGateway(WHOLE);
        edges.addReference(bare, bareTickMillis == 0 ? bare : bare.joining());
        boolean ticks = servers.gatewayHas(TICK_SETTING);
        if (ticks) {
          edges.addGatewayWith(TICKS_OFF, Map.of(TICK_SETTING, "0s"));
        }
        report.line("edge: %d TLS clients of one channel, through Envoy".formatted(clients));
        String summary = "";
        for (int rate : rates) {
          summary = atRate(rate, lineup, ticks, report);
        }
        report.line("edge" + summary);
      }
    }
  }

  /** Measures one rate; what the last line says of it. */
  private String atRate(int rate, Lineup lineup, boolean ticks, Report report) {
    int lag = Math.max(LEAST_LAG, rate / 2);
    Duration tick = Duration.ofMillis(bareTickMillis);
    List<Lap> laps =
        lineup.laps(source ->
            new Pacer(rate, source.name().equals(BARE) ? tick : Duration.ZERO, lag, turns.slice()));
    DeliveryRounds rounds =
        DeliveryRounds.run(laps, turns.warmUp(), turns.rounds(), report::progress);
    report.line("at %d messages a second".formatted(rate));
    laps.forEach(lap -> report.line("  " + line(lap.name(), rounds)));
    report.line("  " + rounds.ratioLine(WHOLE, BARE));
    report.figure("rate_" + rate, rounds.figures());
    report.chart(
        "deliveries for a second of a processor, at %d messages a second".formatted(rate),
        laps.stream()
            .map(lap -> new BarChart.Bar(lap.name(), rounds.perProcessorSecond(lap.name())))
            .toList());
    String summary =
        String.format(
            Locale.ROOT,
            " whole_per_cpu_s=%.0f of_bare_ratio=%.3f tick_gain=%s",
            rounds.perProcessorSecond(WHOLE),
            rounds.ratio(WHOLE, BARE),
            ticks ? "%.3f".formatted(rounds.ratio(WHOLE, TICKS_OFF)) : "none");
    report.line("edge rate=" + rate + summary);
    return summary;
  }

  private String line(String lap, DeliveryRounds rounds) {
    return String.format(
        Locale.ROOT,
        "%s, %.1f frames a client and second, last viewer p50 %.1f ms p99 %.1f ms",
        rounds.line(lap),
        rounds.middle(lap, slice -> slice.frames() * 1e9 / slice.took().toNanos()) / clients,
        rounds.lastViewerMillis(lap, 50),
        rounds.lastViewerMillis(lap, 99));
  }
}
