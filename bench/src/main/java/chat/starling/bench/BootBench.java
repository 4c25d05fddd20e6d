package chat.starling.bench;

import chat.starling.bench.boot.Metrics;
import chat.starling.bench.boot.Newcomers;
import chat.starling.bench.boot.Newcomers.Guest;
import chat.starling.bench.servers.BenchServers;
import chat.starling.bench.servers.StoreCounts;
import chat.starling.devstack.StackOptions;
import chat.starling.devstack.process.LocalServer;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.CqlSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What it costs when a user opens the app, in workspaces of any size; and when thousands do at
 * once, at a gateway that has just started.
 */
@Command(
    name = "boot",
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = "What a connect costs in small and in huge workspaces, and thousands at once.")
final class BootBench extends Bench {

  private static final long FIRST_ID = 11;
  private static final int AT_ONCE = 4;

  @Option(
      names = "--members",
      split = ",",
      defaultValue = "100,10000,1000000",
      description = "members of each workspace, smallest first; the storm comes to the second")
  private List<Integer> members = List.of();

  @Option(names = "--channels", defaultValue = "500", description = "channels of each workspace")
  private int channels;

  @Option(
      names = "--connects",
      defaultValue = "20",
      description = "connects of a turn, each of another user")
  private int connects;

  @Option(names = "--rounds", defaultValue = "5", description = "turns of each workspace")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "1500",
      description = "connects before, of other users of the second workspace")
  private int warmUp;

  @Option(names = "--storm", defaultValue = "5000", description = "users who come at once")
  private int storm;

  BootBench() {
    super("boot");
  }

  @Override
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("members", members);
    options.put("channels", channels);
    options.put("connects", connects);
    options.put("rounds", rounds);
    options.put("warm_up", warmUp);
    options.put("storm", storm);
    return options;
  }

  @Override
  StackOptions stack(StackOptions options) {
    return options
        .withGatewaySetting("session.heartbeat-interval", "600s")
        .withGatewaySetting("session.resume-window", "0s");
  }

  @Override
  void measure(BenchServers servers, Report report) {
    CqlSettings settings = servers.cql();
    try (CqlSession session = CqlStore.connect(settings, "bench");
        var client = new ChannelServerClient(servers.channelServer())) {
      List<Town> towns = towns(client, report);
      populate(towns, new CqlTables(session, settings), report);
      var counts = new StoreCounts(session, settings.keyspace());
      counts.awaitQuiet();
      String sizes = sizes(servers, towns, counts, report);
      report.line("boot " + sizes + " " + storm(servers, second(towns), counts, report));
    }
  }

  /** The one to which a storm comes; the only one, if it is alone. */
  private static Town second(List<Town> towns) {
    return towns.get(Math.min(1, towns.size() - 1));
  }

  private List<Town> towns(ChannelServerClient client, Report report) {
    List<Town> towns = new ArrayList<>();
    for (int size : members) {
      report.progress("a workspace of %,d members and %d channels".formatted(size, channels));
      towns.add(Town.found(client, FIRST_ID + towns.size(), size, channels));
    }
    return towns;
  }

  private void populate(List<Town> towns, CqlTables tables, Report report) {
    for (Town town : towns) {
      report.progress("  rows of %,d members, by the driver".formatted(town.members()));
      try (var rows = new DirectoryRows(tables, report::progress)) {
        boolean stormed = town.equals(second(towns));
        town.populate(rows, rounds * connects + (stormed ? warmUp + storm : 0));
      }
    }
  }

  /** Turns of all workspaces, at one gateway; returns what machines read. */
  private String sizes(BenchServers servers, List<Town> towns, StoreCounts counts, Report report) {
    LocalServer gateway = servers.gatewayWith("boot", Map.of());
    Set<Long> pids = Set.of(gateway.pid(), servers.channelServerPid());
    Map<Town, Visit> sums = new LinkedHashMap<>();
    try (var newcomers = new Newcomers(gateway.address())) {
      var scene = new Scene(newcomers, counts, pids);
      report.progress("warm-up");
      scene.visit(second(towns).guests(servers, rounds * connects, warmUp), AT_ONCE);
      for (Town town : towns) {
        Visit first = scene.visit(List.of(town.owner(servers)), 1);
        report.line(
            "  %,d members, the first who comes to a gateway%s: %s"
                .formatted(
                    town.members(),
                    town.equals(second(towns)) ? " after the warm-up" : "",
                    first.line()));
      }
      for (int round = 0; round < rounds; round++) {
        for (Town town : inTurn(towns, round)) {
          List<Guest> guests = town.guests(servers, round * connects, connects);
          Visit visit = scene.visit(guests, AT_ONCE);
          report.progress(
              "round %d, %,d members: %s".formatted(round + 1, town.members(), visit.line()));
          sums.merge(town, visit, Visit::plus);
        }
      }
    }
    return say(towns.stream().map(sums::get).filter(Objects::nonNull).toList(), towns, report);
  }

  private static String say(List<Visit> visits, List<Town> towns, Report report) {
    for (int i = 0; i < visits.size(); i++) {
      int size = towns.get(i).members();
      report.line("  %,d members, a connect: %s".formatted(size, visits.get(i).line()));
      report.figure("members " + size, visits.get(i).figures());
    }
    return ratios(visits.getFirst(), visits.getLast());
  }

  /** Each round begins with another: what is late in a round finds warmer servers. */
  private static List<Town> inTurn(List<Town> towns, int round) {
    List<Town> turned = new ArrayList<>(towns);
    Collections.rotate(turned, round);
    return turned;
  }

  private static String ratios(Visit small, Visit large) {
    return String.format(
        Locale.ROOT,
        "bytes=%.0f queries=%.2f cpu_ms=%.1f bytes_ratio=%.3f queries_ratio=%.3f cpu_ratio=%.3f",
        large.bytesEach(),
        large.queriesEach(),
        large.millisEach(),
        large.bytesEach() / small.bytesEach(),
        large.queriesEach() / small.queriesEach(),
        large.millisEach() / small.millisEach());
  }

  /** All at once, to a gateway that knows nothing yet; returns what machines read. */
  private String storm(BenchServers servers, Town town, StoreCounts counts, Report report) {
    report.progress("%,d users at once, to a gateway that has just started".formatted(storm));
    List<Guest> guests = town.guests(servers, rounds * connects + warmUp, storm);
    try (var metrics = new Metrics()) {
      LocalServer gateway =
          servers.gatewayWith(
              "storm",
              Map.of("telemetry.otlp-endpoint", metrics.endpoint(), "telemetry.sample-ratio", "0"));
      try (var newcomers = new Newcomers(gateway.address())) {
        long begun = System.nanoTime();
        var scene = new Scene(newcomers, counts, Set.of(gateway.pid(), servers.channelServerPid()));
        Visit visit = scene.stay(guests, storm);
        double seconds = (System.nanoTime() - begun) / 1e9;
        report.line(
            String.format(
                Locale.ROOT,
                "  %,d at once, all in after %.1f s; each: %s",
                storm,
                seconds,
                visit.line()));
        Map<String, Double> rates = HitRates.await(metrics, storm);
        report.line("  hit rates: " + HitRates.line(rates));
        report.figure("storm", visit.figures());
        report.figure("hit_rates", rates);
        return String.format(
            Locale.ROOT,
            "storm_queries_per_connect=%.2f storm_s=%.1f hit_rate=%.4f",
            visit.queriesEach(),
            seconds,
            rates.get(HitRates.ALL));
      }
    }
  }

  /**
   * Where users come in, and what is read off meanwhile.
   *
   * @param pids whose processor time counts
   */
  private record Scene(Newcomers newcomers, StoreCounts counts, Set<Long> pids) {

    /** They come in and go again. */
    Visit visit(List<Guest> guests, int atOnce) {
      Visit visit = stay(guests, atOnce);
      newcomers.leave();
      return visit;
    }

    Visit stay(List<Guest> guests, int atOnce) {
      return Visit.of(counts, pids, () -> newcomers.come(guests, atOnce));
    }
  }
}
