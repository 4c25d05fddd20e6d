package chat.starling.bench;

import chat.starling.bench.servers.BenchServers;
import chat.starling.bench.servers.StoreCounts;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.CqlSession;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a changed role writes and reads in the database, with few members and with many. */
final class RoleChangeRows {

  private static final int ACTS = 20;
  private static final long FIRST_MEMBER = 1L << 53;

  /** Tables that say how far a feed is: written by time, not by act. */
  private static final Set<String> NOW_AND_THEN = Set.of("feed_heads", "open_feeds");

  private RoleChangeRows() {}

  /** Measures and returns what machines read. */
  static String measure(BenchServers servers, RuledChannel ruled, int members, Report report) {
    CqlSettings settings = servers.cql();
    try (CqlSession session = CqlStore.connect(settings, "bench")) {
      var counts = new StoreCounts(session, settings.keyspace());
      double few = perAct(counts, ruled, "few members", report);
      report.progress(members + " more members, each with a role of those that change");
      try (var rows = new DirectoryRows(new CqlTables(session, settings), report::progress)) {
        for (int i = 0; i < members; i++) {
          long role = ruled.roles().get(i % ACTS);
          rows.member(ruled.workspace().id(), FIRST_MEMBER + i, List.of(role));
        }
      }
      double many = perAct(counts, ruled, members + " more members", report);
      return "role_change_writes_few=%.2f role_change_writes_many=%.2f".formatted(few, many);
    }
  }

  private static double perAct(StoreCounts counts, RuledChannel ruled, String when, Report report) {
    counts.awaitQuiet();
    Map<String, Long> writes = counts.writes();
    Map<String, Long> reads = counts.reads();
    for (int i = 0; i < ACTS; i++) {
      ruled.workspace().renameRole(ruled.roles().get(i), when + " " + i);
    }
    counts.awaitQuiet();
    Map<String, Long> written = StoreCounts.grown(writes, counts.writes());
    Map<String, Long> read = StoreCounts.grown(reads, counts.reads());
    report.line("  %d roles changed, %s: writes %s, reads %s".formatted(ACTS, when, written, read));
    report.figure("rows, " + when, Map.of("writes", written, "reads", read));
    return written.entrySet().stream()
            .filter(each -> !NOW_AND_THEN.contains(each.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum()
        / ACTS;
  }
}
