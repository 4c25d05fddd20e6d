package chat.starling.bench;

import chat.starling.bench.Viewers.Shape;
import chat.starling.bench.drain.CrowdPlan;
import chat.starling.bench.fanout.DeliveryRounds;
import chat.starling.bench.fanout.DrainProcess;
import chat.starling.bench.fanout.Lap;
import chat.starling.bench.fanout.Pump;
import chat.starling.bench.fanout.ReferenceProcess;
import chat.starling.bench.fanout.Source;
import chat.starling.bench.fanout.Stand;
import chat.starling.bench.load.Channels;
import chat.starling.bench.reference.BareMain;
import chat.starling.bench.reference.ReferencePlan;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.StackOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
final class FanoutBench extends Bench {

  private static final String GATEWAY = "gateway";
  private static final String BARE = "bare";
  private static final String JOINED = "_joined";

  @Mixin private Viewers viewers = new Viewers();

  @Option(
      names = "--in-flight",
      defaultValue = "8",
      description = "events that the slowest viewer lags behind at most")
  private int inFlight;

  @Option(names = "--text-bytes", defaultValue = "200", description = "bytes of a message's text")
  private int textBytes;

  @Option(names = "--window", defaultValue = "16777216", description = "bytes of HTTP/2 windows")
  private int window;

  @Option(names = "--loops", defaultValue = "2", description = "event loops of bare Netty")
  private int loops;

  @Option(names = "--drain-loops", defaultValue = "1", description = "event loops of the viewers")
  private int drainLoops;

  @Mixin private Turns turns = new Turns();

  FanoutBench() {
    super("fanout");
  }

  @Override
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    viewers.note(options);
    options.put("in_flight", inFlight);
    options.put("text_bytes", textBytes);
    options.put("window", window);
    options.put("loops", loops);
    options.put("drain_loops", drainLoops);
    turns.note(options);
    return options;
  }

  @Override
  StackOptions stack(StackOptions options) {
    return Quiet.sessions(options);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    try (var client = new ChannelServerClient(servers.channelServer())) {
      Audience audience = Audience.of(servers, client, viewers.users());
      Source gateway =
          audience.source(
              GATEWAY, Set.of(servers.gateway().pid()), client, Channels.withTextOf(textBytes));
      report.line(
          "fanout: gateway and bare Netty in turn, %d events in flight; joined: as many sent at once"
              .formatted(inFlight));
      var summary = new StringBuilder("fanout");
      for (Shape shape : shapes()) {
        report.line(shape.line());
        DeliveryRounds rounds = rounds(shape, servers, audience, gateway, report);
        summary.append(summary(shape.name(), "", rounds));
        summary.append(summary(shape.name(), JOINED, rounds));
      }
      report.line(summary.toString());
    }
  }

  private List<Shape> shapes() {
    return Stream.of(viewers.mux(), viewers.direct()).filter(shape -> shape.viewers() > 0).toList();
  }

  private DeliveryRounds rounds(
      Shape shape, BenchServers servers, Audience audience, Source gateway, Report report) {
    var plan = new ReferencePlan(loops, audience.channelId(), textBytes);
    try (ReferenceProcess bare = ReferenceProcess.start(BARE, BareMain.class, plan);
        Stand ours = stand(audience, servers.gateway().address().getPort(), shape);
        Stand limit = stand(audience, bare.listening().port(), shape)) {
      var single = new Pump(inFlight, 1, turns.slice());
      var burst = new Pump(inFlight, inFlight, turns.slice());
      List<Lap> laps =
          List.of(
              new Lap(GATEWAY, gateway, ours, single),
              new Lap(BARE, bare, limit, single),
              new Lap(GATEWAY + JOINED, gateway, ours, burst),
              new Lap(BARE + JOINED, bare.joining(), limit, burst));
      DeliveryRounds rounds =
          DeliveryRounds.run(laps, turns.warmUp(), turns.rounds(), report::progress);
      laps.forEach(lap -> report.line("  " + rounds.line(lap.name())));
      report.line("  " + rounds.ratioLine(GATEWAY, BARE));
      report.line("  " + rounds.ratioLine(GATEWAY + JOINED, BARE + JOINED));
      report.figure(shape.name(), rounds.figures());
      report.chart(
          shape.line() + ": deliveries for a second of a processor",
          laps.stream()
              .map(lap -> new BarChart.Bar(lap.name(), rounds.perProcessorSecond(lap.name())))
              .toList());
      return rounds;
    }
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

  private Stand stand(Audience audience, int port, Shape shape) {
    CrowdPlan plan = audience.plan(port, shape.connections(), shape.streams());
    return new Stand(DrainProcess.open(plan.withWindows(window, window).withLoops(drainLoops)));
  }
}
