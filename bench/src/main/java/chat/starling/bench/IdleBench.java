package chat.starling.bench;

import chat.starling.bench.Viewers.Shape;
import chat.starling.bench.fanout.DrainProcess;
import chat.starling.bench.process.LiveHeap;
import chat.starling.bench.process.ResidentMemory;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.process.LocalServer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a session that nothing happens to takes of the gateway's memory. */
@Command(
    name = "idle",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "Heap and resident memory of the gateway for each idle session.")
final class IdleBench extends DeliveryBench {

  private static final int FIRST_VIEWERS = 200;
  private static final int CLASSES = 12;

  /**
   * What one session takes.
   *
   * @param heap bytes of live objects
   * @param resident bytes of the process
   * @param byClass bytes of live objects, the most first
   */
  private record Taken(long heap, long resident, Map<String, Long> byClass) {}

  /** What a gateway holds at some moment. */
  private record Held(LiveHeap heap, long resident) {

    static Held by(LocalServer gateway) {
      LiveHeap heap = LiveHeap.settled(gateway.pid());
      return new Held(heap, ResidentMemory.of(gateway.pid()));
    }

    Taken since(Held before, int sessions) {
      Map<String, Long> byClass = new LinkedHashMap<>();
      heap.byClass().entrySet().stream()
          .map(of -> Map.entry(of.getKey(), of.getValue() - before.heap.bytesOf(of.getKey())))
          .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
          .limit(CLASSES)
          .forEach(of -> byClass.put(of.getKey(), of.getValue() / sessions));
      return new Taken(
          (heap.bytes() - before.heap.bytes()) / sessions,
          (resident - before.resident) / sessions,
          byClass);
    }
  }

  @Mixin private Viewers viewers = new Viewers();

  IdleBench() {
    super("idle");
  }

  @Override
  void note(Map<String, Object> options) {
    viewers.note(options);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    Map<Shape, Taken> taken = new LinkedHashMap<>();
    try (var client = new ChannelServerClient(servers.channelServer())) {
      Audience audience = audience(servers, client);
      for (Shape shape : viewers.shapes()) {
        Taken session = taken(shape, servers.gateway(), audience, report);
        taken.put(shape, session);
        report.line("idle, " + shape.line());
        say(session, report);
        report.figure(shape.name(), session);
      }
    }
    report.chart("bytes of live heap for each idle session", bars(taken));
    StringBuilder summary = new StringBuilder("idle");
    taken.forEach((shape, session) ->
        summary.append(" %s_heap_bytes=%d".formatted(shape.name(), session.heap)));
    taken.forEach((shape, session) ->
        summary.append(" %s_rss_bytes=%d".formatted(shape.name(), session.resident)));
    report.line(summary.toString());
  }

  /** Measures a gateway started anew, in which a few sessions have run every path once. */
  private Taken taken(Shape shape, LocalServer gateway, Audience audience, Report report) {
    gateway.restart();
    int port = gateway.address().getPort();
    int few = Math.min(shape.viewers(), FIRST_VIEWERS);
    boolean oneEach = shape.streams() == 1;
    Shape first = new Shape("first", oneEach ? few : 1, oneEach ? 1 : few);
    DrainProcess.open(audience.plan(port, first)).close();
    Held before = Held.by(gateway);
    report.progress(shape.line() + ": opening");
    try (var open = DrainProcess.open(audience.plan(port, shape))) {
      return Held.by(gateway).since(before, open.streams());
    }
  }

  private static void say(Taken session, Report report) {
    report.line(
        "  a session takes %d bytes of live heap; the process grew by %d"
            .formatted(session.heap, session.resident));
    session.byClass.forEach((name, bytes) -> report.line("  %9d %s".formatted(bytes, name)));
  }

  private static List<BarChart.Bar> bars(Map<Shape, Taken> taken) {
    return taken.entrySet().stream()
        .map(entry -> new BarChart.Bar(entry.getKey().name(), entry.getValue().heap))
        .toList();
  }
}
