package chat.starling.bench.servers;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cassandra's own count of the queries that it was asked, by table: what its clients say of
 * themselves plays no part.
 */
public final class StoreCounts {

  private static final long LOOK_MILLIS = 200;
  private static final int MAX_LOOKS = 300;

  /** Looks without a change that are taken for quiet: longer than feed.history-delay. */
  private static final int QUIET_LOOKS = 7;

  private final CqlSession session;
  private final String keyspace;
  private final PreparedStatement reads;
  private final PreparedStatement writes;

  /** The counts of the keyspace's tables. */
  public StoreCounts(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
    reads = session.prepare("SELECT * FROM system_views.coordinator_read_latency");
    writes = session.prepare("SELECT * FROM system_views.coordinator_write_latency");
  }

  /** Reads of single partitions so far, by table. */
  public Map<String, Long> reads() {
    return counts(reads);
  }

  /** Writes so far, by table; several rows of one partition that are written together are one. */
  public Map<String, Long> writes() {
    return counts(writes);
  }

  /** By how much counts have grown; tables whose count has not are left out. */
  public static Map<String, Long> grown(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> grown = new TreeMap<>();
    after.forEach((table, count) -> {
      long more = count - before.getOrDefault(table, 0L);
      if (more != 0) {
        grown.put(table, more);
      }
    });
    return grown;
  }

  /** Returns when nothing is written any more: the followers have caught up. */
  public void awaitQuiet() {
    Map<String, Long> before = counts(writes);
    int unchanged = 0;
    for (int i = 0; i < MAX_LOOKS; i++) {
      sleep();
      Map<String, Long> now = counts(writes);
      unchanged = now.equals(before) ? unchanged + 1 : 0;
      if (unchanged == QUIET_LOOKS) {
        return;
      }
      before = now;
    }
    throw new IllegalStateException("the database is still being written: " + before);
  }

  private Map<String, Long> counts(PreparedStatement of) {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : session.execute(of.bind())) {
      if (keyspace.equals(row.getString("keyspace_name"))) {
        counts.put(row.getString("table_name"), row.getLong("count"));
      }
    }
    return counts;
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
