package chat.starling.bench;

import chat.starling.bench.Viewers.Shape;
import chat.starling.bench.fanout.DeliveryRounds;
import chat.starling.bench.fanout.DrainProcess;
import chat.starling.bench.fanout.Lineup;
import chat.starling.bench.fanout.Pump;
import chat.starling.bench.fanout.Stand;
import chat.starling.bench.permission.CheckCost;
import chat.starling.bench.permission.LoopCost;
import chat.starling.bench.permission.RoleChangeCost;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.process.LocalServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What permissions cost where everything goes by them: a check, a delivery to those whose roles and
 * overrides allow it, and a role that changes.
 */
@Command(
    name = "permissions",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "What permissions cost: a check, a delivery, a role that changes.")
final class PermissionsBench extends DeliveryBench {

  private static final String FREE = "free";
  private static final String RULED = "ruled";
  private static final String CHANGING = "changing";
  private static final List<Integer> HELD = List.of(1_000, 10_000, 100_000);
  private static final int FEW_VIEWERS = 10;
  private static final int MANY_VIEWERS = 10_000;

  @Option(names = "--connections", defaultValue = "10", description = "connections")
  private int connections;

  @Option(names = "--streams", defaultValue = "1000", description = "sessions of each of them")
  private int streams;

  @Option(
      names = "--in-flight",
      defaultValue = "8",
      description = "events that the slowest viewer lags behind at most")
  private int inFlight;

  @Option(
      names = "--changes",
      defaultValue = "5",
      description = "roles changed a second, where roles change meanwhile")
  private int changes;

  @Option(
      names = "--members",
      defaultValue = "100000",
      description = "members that the workspace has when a role is changed the last time")
  private int members;

  @Mixin private Turns turns = new Turns();

  PermissionsBench() {
    super("permissions");
  }

  @Override
  void note(Map<String, Object> options) {
    options.put("connections", connections);
    options.put("streams", streams);
    options.put("in_flight", inFlight);
    options.put("changes", changes);
    options.put("members", members);
    turns.note(options);
  }

  @Override
  void measure(BenchServers servers, Report report) {
    CheckCost check = check(report);
    LoopCost loop = loop(report);
    String applied = applied(report);
    try (var client = new ChannelServerClient(servers.channelServer())) {
      RuledChannel ruled = RuledChannel.make(servers, client, users(), report);
      DeliveryRounds rounds = deliveries(servers, client, ruled, report);
      String rows = RoleChangeRows.measure(servers, ruled, members, report);
      report.line("permissions " + applied + " " + rows);
      report.line(
          String.format(
              Locale.ROOT,
              "permissions check_ns=%.1f recheck_ns=%.0f fanout_cost_ratio=%.3f"
                  + " fanout_changing_cost_ratio=%.3f loop_cost_ratio=%.3f",
              check.cached(),
              check.anew(),
              1 / rounds.ratio(RULED, FREE),
              1 / rounds.ratio(CHANGING, FREE),
              loop.ratio()));
    }
  }

  private static CheckCost check(Report report) {
    report.progress("asking permits");
    CheckCost cost = CheckCost.measure();
    report.line(
        String.format(
            Locale.ROOT,
            "permissions: a check %.1f ns to view, %.1f ns to write, %.0f ns after a change",
            cost.cached(),
            cost.cachedSend(),
            cost.anew()));
    report.figure("check", cost);
    return cost;
  }

  private static LoopCost loop(Report report) {
    report.progress("events through a relay without sockets, with the check and without");
    List<LoopCost> costs = Stream.of(FEW_VIEWERS, MANY_VIEWERS).map(LoopCost::with).toList();
    for (LoopCost cost : costs) {
      report.line(
          String.format(
              Locale.ROOT,
              "  %6d viewers, nothing written to any socket: %.0f ns an event, %.0f without the"
                  + " check; ratio %.3f",
              cost.viewers(),
              cost.checked(),
              cost.unchecked(),
              cost.ratio()));
    }
    report.figure("loop", costs);
    return costs.getLast();
  }

  private static String applied(Report report) {
    report.progress("going by changed roles");
    List<RoleChangeCost> costs = HELD.stream().map(RoleChangeCost::with).toList();
    for (RoleChangeCost cost : costs) {
      report.line(
          String.format(
              Locale.ROOT,
              "  %6d permits held, a role changes: %.0f µs, %d bytes allocated",
              cost.permits(),
              cost.nanos() / 1e3,
              cost.bytes()));
    }
    report.figure("role_change", costs);
    return costs.stream()
        .map(cost ->
            String.format(
                Locale.ROOT,
                "role_change_us_%1$dk=%2$.1f role_change_bytes_%1$dk=%3$d",
                cost.permits() / 1_000,
                cost.nanos() / 1e3,
                cost.bytes()))
        .collect(Collectors.joining(" "));
  }

  private DeliveryRounds deliveries(
      BenchServers servers, ChannelServerClient client, RuledChannel ruled, Report report) {
    report.line(
        "  fan-out to %d sessions: a workspace without roles; one of %d roles, each overridden;"
                .formatted(connections * streams, RuledChannel.ROLES)
            + " one of which %d a second change".formatted(changes));
    try (Lineup lineup = new Lineup()) {
      add(FREE, audience(servers, client), servers, client, lineup);
      add(RULED, ruled.audience(), servers, client, lineup);
      add(CHANGING, ruled.anotherAudience(), servers, client, lineup);
      Stand.Sending pump = new Pump(inFlight, 1, turns.slice());
      DeliveryRounds rounds =
          DeliveryRounds.run(
              lineup.laps(source ->
                  source.name().equals(CHANGING) ? ruled.whileRolesChange(pump, changes) : pump),
              turns.warmUp(),
              turns.rounds(),
              report::progress);
      say(rounds, report);
      return rounds;
    }
  }

  /** Each crowd has a gateway of its own, on which every event leaves at once. */
  private void add(
      String name,
      Audience audience,
      BenchServers servers,
      ChannelServerClient client,
      Lineup lineup) {
    LocalServer gateway = servers.gatewayWith(name, Ticks.off());
    Side side = Side.of(name, gateway, audience, client, messages());
    lineup.add(side.source(), DrainProcess.open(side.plan(new Shape(name, connections, streams))));
  }

  private static void say(DeliveryRounds rounds, Report report) {
    List<String> names = List.of(FREE, RULED, CHANGING);
    names.forEach(name -> report.line("  " + rounds.line(name)));
    report.line("  " + rounds.ratioLine(RULED, FREE));
    report.line("  " + rounds.ratioLine(CHANGING, FREE));
    report.figure("rounds", rounds.figures());
    report.chart(
        "deliveries for a second of a processor",
        names.stream()
            .map(name -> new BarChart.Bar(name, rounds.perProcessorSecond(name)))
            .toList());
  }
}
