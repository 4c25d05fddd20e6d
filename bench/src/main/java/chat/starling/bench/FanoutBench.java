package chat.starling.bench;

import chat.starling.bench.Viewers.Shape;
import chat.starling.bench.drain.CrowdPlan;
import chat.starling.bench.fanout.DeliveryRounds;
import chat.starling.bench.fanout.DrainProcess;
import chat.starling.bench.fanout.Lap;
import chat.starling.bench.fanout.Pump;
import chat.starling.bench.fanout.ReferenceProcess;
import chat.starling.bench.fanout.Stand;
import chat.starling.bench.reference.BareMain;
import chat.starling.bench.reference.ReferencePlan;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.process.LocalServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One channel that ten thousand look at: what an event's delivery costs the gateway, beside bare
 * Netty writing the same bytes to the same streams.
 */
@Command(
    name = "fanout",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "Deliveries for a second of the gateway's processor time, beside bare Netty's.")
final class FanoutBench extends DeliveryBench {

  private static final String GATEWAY = "gateway";
  private static final String BARE = "bare";
  private static final String JOINED = "_joined";

  @Mixin private Viewers viewers = new Viewers();

  @Option(
      names = "--in-flight",
      defaultValue = "8",
      description = "events that the slowest viewer lags behind at most")
  private int inFlight;

  @Option(
      names = "--stream-window",
      defaultValue = "65536",
      description = "bytes of each stream's window; as the project's Envoy has it")
  private int streamWindow;

  @Option(
      names = "--connection-window",
      defaultValue = "1073741824",
      description = "bytes of a connection's window; as the project's Envoy has it")
  private int connectionWindow;

  @Option(names = "--loops", defaultValue = "2", description = "event loops of bare Netty")
  private int loops;

  @Option(names = "--drain-loops", defaultValue = "1", description = "event loops of the viewers")
  private int drainLoops;

  @Mixin private Turns turns = new Turns();

  FanoutBench() {
    super("fanout");
  }

  @Override
  void note(Map<String, Object> options) {
    viewers.note(options);
    options.put("in_flight", inFlight);
    options.put("stream_window", streamWindow);
    options.put("connection_window", connectionWindow);
    options.put("loops", loops);
    options.put("drain_loops", drainLoops);
    turns.note(options);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    try (var client = new ChannelServerClient(servers.channelServer())) {
      LocalServer plain = servers.gatewayWith(GATEWAY, Ticks.off());
      Side single = Side.of(GATEWAY, plain, audience(servers, client), client, messages());
      Side joined =
          Side.of(GATEWAY, servers.gateway(), audience(servers, client), client, messages());
      report.line(
          "fanout: gateway and bare Netty in turn, %d events in flight; joined: %d sent at once"
              .formatted(inFlight, inFlight));
      var summary = new StringBuilder("fanout");
      for (Shape shape : viewers.shapes()) {
        report.line(shape.line());
        DeliveryRounds rounds = rounds(shape, single, joined, report);
        summary.append(summary(shape.name(), "", rounds));
        summary.append(summary(shape.name(), JOINED, rounds));
      }
      report.line(summary.toString());
    }
  }

  private DeliveryRounds rounds(Shape shape, Side single, Side joined, Report report) {
    var plan = new ReferencePlan(loops, single.audience().channelId(), textBytes());
    try (ReferenceProcess bare = ReferenceProcess.start(BARE, BareMain.class, plan);
        Stand singles = stand(single.plan(shape));
        Stand joining = stand(joined.plan(shape));
        Stand limit = stand(single.audience().plan(bare.port(), shape))) {
      var one = new Pump(inFlight, 1, turns.slice());
      // While one burst is on its way the next one gathers, as it does within a tick.
      var burst = new Pump(2 * inFlight, inFlight, turns.slice());
      List<Lap> laps =
          List.of(
              new Lap(GATEWAY, single.source(), singles, one),
              new Lap(BARE, bare, limit, one),
              new Lap(GATEWAY + JOINED, joined.source(), joining, burst),
              new Lap(BARE + JOINED, bare.joining(), limit, burst));
      DeliveryRounds rounds =
          DeliveryRounds.run(laps, turns.warmUp(), turns.rounds(), report::progress);
      say(shape, laps, rounds, report);
      return rounds;
    }
  }

  private static void say(Shape shape, List<Lap> laps, DeliveryRounds rounds, Report report) {
    laps.forEach(lap -> report.line("  " + rounds.line(lap.name())));
    report.line("  " + rounds.ratioLine(GATEWAY, BARE));
    report.line("  " + rounds.ratioLine(GATEWAY + JOINED, BARE + JOINED));
    report.figure(shape.name(), rounds.figures());
    report.chart(
        shape.line() + ": deliveries for a second of a processor",
        laps.stream()
            .map(lap -> new BarChart.Bar(lap.name(), rounds.perProcessorSecond(lap.name())))
            .toList());
  }

  private static String summary(String shape, String joined, DeliveryRounds rounds) {
    return String.format(
        Locale.ROOT,
        " %1$s%2$s_ratio=%3$.3f %1$s%2$s_per_cpu_s=%4$.0f",
        shape,
        joined,
        rounds.ratio(GATEWAY + joined, BARE + joined),
        rounds.perProcessorSecond(GATEWAY + joined));
  }

  private Stand stand(CrowdPlan plan) {
    return new Stand(
        DrainProcess.open(plan.withWindows(streamWindow, connectionWindow).withLoops(drainLoops)));
  }
}
