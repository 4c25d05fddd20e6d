package chat.starling.bench;

import chat.starling.bench.Viewers.Shape;
import chat.starling.bench.fanout.DeliveryRounds;
import chat.starling.bench.fanout.DrainProcess;
import chat.starling.bench.fanout.Lap;
import chat.starling.bench.fanout.Lineup;
import chat.starling.bench.fanout.Pacer;
import chat.starling.bench.fanout.ReferenceProcess;
import chat.starling.bench.reference.GrpcMain;
import chat.starling.bench.reference.ReferencePlan;
import chat.starling.bench.servers.BenchServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long a message takes from its sending to the last of very many viewers, beside a plain
 * grpc-java server.
 */
@Command(
    name = "latency",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "Time from sending to the last viewer, beside a plain grpc-java server.")
final class LatencyBench extends DeliveryBench {

  private static final String GATEWAY = "gateway";
  private static final String GRPC_JAVA = "grpc-java";
  private static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9);

  /** Any: the reference server has one channel, whatever it is called. */
  private static final long REFERENCE_CHANNEL = 1;

  /** For this long a server may be behind before messages are held back. */
  private static final int LAG_SECONDS = 10;

  @Option(
      names = "--connections",
      defaultValue = "10",
      description = "connections without Envoy; 0 to leave that out")
  private int connections;

  @Option(names = "--streams", defaultValue = "1000", description = "streams of each of them")
  private int streams;

  @Option(
      names = "--clients",
      defaultValue = "1000",
      description = "TLS clients through Envoy; 0 to leave that out")
  private int clients;

  @Option(names = "--rate", defaultValue = "10", description = "messages a second")
  private int rate;

  @Mixin private Turns turns = new Turns();

  LatencyBench() {
    super("latency");
  }

  @Override
  void note(Map<String, Object> options) {
    options.put("connections", connections);
    options.put("streams", streams);
    options.put("clients", clients);
    options.put("rate", rate);
    turns.note(options);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    var summary = new StringBuilder("latency");
    try (var client = new ChannelServerClient(servers.channelServer())) {
      var plan = new ReferencePlan(1, REFERENCE_CHANNEL, textBytes());
      try (ReferenceProcess grpc = ReferenceProcess.start(GRPC_JAVA, GrpcMain.class, plan)) {
        if (connections > 0) {
          summary.append(inClearText(servers, client, grpc, report));
        }
        if (clients > 0) {
          summary.append(throughEnvoy(servers, client, grpc, report));
        }
      }
    }
    report.line(summary.toString());
  }

  private String inClearText(
      BenchServers servers, ChannelServerClient client, ReferenceProcess grpc, Report report) {
    report.line(
        "latency: %d viewers behind %d connections, %d messages a second"
            .formatted(connections * streams, connections, rate));
    Shape shape = new Shape("mux", connections, streams);
    Side ours = Side.of(GATEWAY, servers.gateway(), audience(servers, client), client, messages());
    try (Lineup lineup = new Lineup()) {
      lineup.add(ours.source(), DrainProcess.open(ours.plan(shape)));
      lineup.add(grpc, DrainProcess.open(ours.audience().plan(grpc.port(), shape)));
      return run("", lineup, report);
    }
  }

  private String throughEnvoy(
      BenchServers servers, ChannelServerClient client, ReferenceProcess grpc, Report report) {
    report.line(
        "latency: %d TLS clients through Envoy, %d messages a second".formatted(clients, rate));
    try (Lineup lineup = new Lineup()) {
      var edges =
          new Edges(servers, client, () -> audience(servers, client), messages(), clients, lineup);
      edges.addGateway(GATEWAY);
      edges.addReference(grpc, grpc);
      return run("edge_", lineup, report);
    }
  }

  /** Measures; what the last line says of it. */
  private String run(String prefix, Lineup lineup, Report report) {
    var pace = new Pacer(rate, Duration.ZERO, LAG_SECONDS * rate, turns.slice());
    List<Lap> laps = lineup.laps(source -> pace);
    DeliveryRounds rounds =
        DeliveryRounds.run(laps, turns.warmUp(), turns.rounds(), report::progress);
    report.figure(prefix + "rounds", rounds.figures());
    var summary = new StringBuilder();
    List<BarChart.Bar> bars = new ArrayList<>();
    for (Lap lap : laps) {
      report.line("  " + line(lap.name(), rounds));
      rounds.heldLine(lap.name(), rate).ifPresent(report::line);
      String of = lap.name().equals(GATEWAY) ? prefix : prefix + "grpc_java_";
      for (double percentile : PERCENTILES) {
        double millis = rounds.lastViewerMillis(lap.name(), percentile);
        summary.append(
            String.format(Locale.ROOT, " %sp%s_ms=%.2f", of, digits(percentile), millis));
        bars.add(new BarChart.Bar(lap.name() + " p" + digits(percentile), millis));
      }
    }
    report.chart("milliseconds to the last viewer" + (prefix.isEmpty() ? "" : ", by TLS"), bars);
    return summary.toString();
  }

  private static String line(String lap, DeliveryRounds rounds) {
    return String.format(
        Locale.ROOT,
        "%-12s last viewer p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
        lap,
        rounds.lastViewerMillis(lap, 50),
        rounds.lastViewerMillis(lap, 99),
        rounds.lastViewerMillis(lap, 99.9));
  }

  /** 50, 99, 999. */
  private static String digits(double percentile) {
    return Double.toString(percentile).replace(".0", "").replace(".", "");
  }
}
