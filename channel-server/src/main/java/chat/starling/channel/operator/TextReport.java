package chat.starling.channel.operator;

import chat.starling.api.internal.v1.GetStatusResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A report as people read it. */
final class TextReport {

  private final PrintWriter out;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  /** Writes all of the report, every shard only when asked for. */
  void write(RingReport report, boolean shards) {
    servers(report.servers()).lines().forEach(out::println);
    out.println();
    out.println("ring: " + RingReport.ringsText(report.rings()) + disagreement(report));
    if (!report.claims().moving().isEmpty()) {
      out.println(report.claims().moving().size() + " shards are on their way to another server");
    }
    if (shards) {
      out.println();
      shards(report.claims());
    }
    out.println();
    lags(report.lags());
    out.println();
    problems(report.problems());
  }

  private static String disagreement(RingReport report) {
    return report.rings().size() > 1 ? "   <-- they disagree" : "";
  }

  private static Table servers(List<ServerLine> servers) {
    Table table =
        new Table(
            "SERVER",
            "INC",
            "ADDRESS",
            "STATE",
            "LEASE",
            "SHARDS",
            "OF RING",
            "EPOCHS",
            "FEEDS",
            "OPEN",
            "HISTORY LAG",
            "OUTBOX LAG");
    for (ServerLine server : servers) {
      GetStatusResponse status = server.status();
      String state = server.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      if (status == null) {
        table.row(
            server.id(), server.incarnation(), server.address(), state, "<-- " + server.why());
        continue;
      }
      table.row(
          server.id(),
          server.incarnation(),
          server.address(),
          state,
          lease(status),
          status.getShardsCount(),
          server.shardsOfView(),
          epochs(status),
          status.getActiveFeeds(),
          status.getOpenFeeds(),
          status.getHistoryLag(),
          status.getOutboxLag());
    }
    return table;
  }

  private static String lease(GetStatusResponse status) {
    return status.getLeaseValid()
        ? "%.1f s left".formatted(ServerLine.leaseMillis(status) / 1e3)
        : "not valid";
  }

  private static String epochs(GetStatusResponse status) {
    return status.getShardsCount() == 0
        ? "-"
        : ServerLine.minEpoch(status) + ".." + ServerLine.maxEpoch(status);
  }

  /** The shards of each owner and epoch together, which keeps 4096 of them on a page. */
  private void shards(ShardClaims claims) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    IntStream.range(0, chat.starling.platform.ring.Shard.COUNT)
        .filter(shard -> claims.of(shard).size() == 1)
        .forEach(shard -> {
          var claim = claims.of(shard).getFirst();
          String group = "%s, epoch %d".formatted(claim.server(), claim.epoch());
          groups.computeIfAbsent(group, key -> new ArrayList<>()).add(shard);
        });
    groups.forEach((group, list) -> out.println(group + ": " + ShardList.of(list)));
    claims
        .ofSeveral()
        .forEach(shard ->
            out.println("<-- claimed more than once: %d by %s".formatted(shard, claims.of(shard))));
    if (!claims.ofNobody().isEmpty()) {
      out.println("<-- nobody's: " + ShardList.of(claims.ofNobody()));
    }
    if (!claims.unknown().isEmpty()) {
      out.println("<-- of servers that do not answer: " + ShardList.of(claims.unknown()));
    }
  }

  private void lags(List<Lag> lags) {
    if (lags.isEmpty()) {
      out.println("no feed lags");
      return;
    }
    Table table = new Table("FEED", "SERVER", "SEQ", "HISTORY LAG", "OUTBOX LAG");
    lags.forEach(
        lag -> table.row(lag.feed(), lag.server(), lag.seq(), lag.history(), lag.outbox()));
    table.lines().forEach(out::println);
  }

  private void problems(List<String> problems) {
    if (problems.isEmpty()) {
      out.println("nothing is wrong");
    }
    problems.forEach(problem -> out.println("wrong: " + problem));
  }
}
