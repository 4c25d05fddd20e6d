package chat.starling.bench;

import chat.starling.bench.Viewers.Shape;
import chat.starling.bench.fanout.DeliveryRounds;
import chat.starling.bench.fanout.DrainProcess;
import chat.starling.bench.fanout.Lineup;
import chat.starling.bench.fanout.Pump;
import chat.starling.bench.servers.BenchServers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Sessions of which most look at nothing: what a message costs the gateway, beside the same number
 * of sessions that all look at its channel.
 */
@Command(
    name = "passive",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "A message's cost when most sessions look at nothing, beside all looking.")
final class PassiveBench extends DeliveryBench {

  private static final String ACTIVE = "active";
  private static final String PASSIVE = "passive";
  private static final int PERCENT = 100;

  @Option(names = "--connections", defaultValue = "10", description = "connections")
  private int connections;

  @Option(names = "--streams", defaultValue = "1000", description = "sessions of each of them")
  private int streams;

  @Option(
      names = "--passive",
      defaultValue = "90",
      description = "percent of the sessions that look at nothing")
  private int passive;

  @Option(
      names = "--in-flight",
      defaultValue = "8",
      description = "events that the slowest viewer lags behind at most")
  private int inFlight;

  @Mixin private Turns turns = new Turns();

  PassiveBench() {
    super("passive");
  }

  @Override
  void note(Map<String, Object> options) {
    options.put("connections", connections);
    options.put("streams", streams);
    options.put("passive", passive);
    options.put("in_flight", inFlight);
    turns.note(options);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    int looking = streams * (PERCENT - passive) / PERCENT;
    report.line(
        "passive: %d sessions behind %d connections; %d look at the channel, beside all of them"
            .formatted(connections * streams, connections, connections * looking));
    try (var client = new ChannelServerClient(servers.channelServer());
        Lineup lineup = new Lineup()) {
      add(ACTIVE, streams, servers, client, lineup);
      add(PASSIVE, looking, servers, client, lineup);
      var pump = new Pump(inFlight, 1, turns.slice());
      DeliveryRounds rounds =
          DeliveryRounds.run(
              lineup.laps(source -> pump), turns.warmUp(), turns.rounds(), report::progress);
      say(rounds, report);
    }
  }

  /** Each crowd has a gateway of its own, on which every event leaves at once. */
  private void add(
      String name, int looking, BenchServers servers, ChannelServerClient client, Lineup lineup) {
    var gateway = servers.gatewayWith(name, Ticks.off());
    Side side = Side.of(name, gateway, audience(servers, client), client, messages());
    var plan = side.plan(new Shape(name, connections, streams)).withLooking(looking);
    lineup.add(side.source(), DrainProcess.open(plan));
  }

  private static void say(DeliveryRounds rounds, Report report) {
    List<String> names = List.of(ACTIVE, PASSIVE);
    for (String name : names) {
      report.line(
          String.format(
              Locale.ROOT,
              "  %s: %.0f µs of CPU a message",
              rounds.line(name),
              micros(rounds, name)));
    }
    report.figure("rounds", rounds.figures());
    report.chart(
        "microseconds of a processor for each message",
        names.stream().map(name -> new BarChart.Bar(name, micros(rounds, name))).toList());
    report.line(
        String.format(
            Locale.ROOT,
            "passive active_us_per_message=%.0f passive_us_per_message=%.0f passive_ratio=%.3f",
            micros(rounds, ACTIVE),
            micros(rounds, PASSIVE),
            micros(rounds, PASSIVE) / micros(rounds, ACTIVE)));
  }

  private static double micros(DeliveryRounds rounds, String name) {
    return rounds.middle(name, slice -> slice.processor().toNanos() / 1e3 / slice.events());
  }
}
