package chat.starling.platform.storage;

import chat.starling.platform.settings.HostPort;
import chat.starling.platform.settings.Setting;
import java.time.Duration;
import java.util.List;

/** How to reach the CQL store (ScyllaDB, or Cassandra) and where in it Starling's tables are. */
public record CqlSettings(
    @Setting(value = "nodes to ask first, host:port", byDefault = "127.0.0.1:7440")
        List<HostPort> contactPoints,
    @Setting(value = "the data centre whose nodes are used", byDefault = "datacenter1")
        String datacenter,
    @Setting(
            value = "keyspace of the tables; those changed by compare-and-set are in NAME_cas",
            byDefault = "starling")
        String keyspace,
    @Setting(
            value = "CQL replication map, used when the keyspace is created",
            byDefault = "{'class': 'SimpleStrategy', 'replication_factor': 1}")
        String replication,
    @Setting(value = "user name; empty for none", byDefault = "") String username,
    @Setting(value = "password", byDefault = "", secret = true) String password,
    @Setting(value = "how long one query may take", byDefault = "5s", min = 10, max = 120_000)
        Duration timeout,
    @Setting(
            value =
                "replicas that answer for the log, its heads and marks, and writes of history;"
                    + " local-quorum or quorum",
            byDefault = "local-quorum")
        Consistency logConsistency,
    @Setting(
            value =
                "replicas that answer for old pages of history: local-one (may be stale),"
                    + " local-quorum or quorum",
            byDefault = "local-quorum")
        Consistency viewReadConsistency,
    @Setting(
            value =
                "after how long without an answer another node is asked as well, if asking twice"
                    + " is harmless; 0ms turns it off",
            byDefault = "200ms",
            min = 0,
            max = 60_000)
        Duration speculativeDelay,
    @Setting(
            value = "nodes that are so asked for one query, besides the first",
            byDefault = "1",
            min = 1,
            max = 4)
        int speculativeMax) {

  public CqlSettings {
    if (contactPoints.isEmpty()) {
      throw new IllegalArgumentException(
          "contact-points: empty (expected: at least one host:port)");
    }
    if (!keyspace.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException(
          "keyspace: " + keyspace + " (expected: a lower-case letter, then up to 40 of a-z 0-9 _)");
    }
    if (logConsistency == Consistency.LOCAL_ONE) {
      throw new IllegalArgumentException(
          "log-consistency: local-one (expected: local-quorum or quorum, so that whoever reads"
              + " meets whoever wrote)");
    }
  }

  /** The keyspace of the tables that only compare-and-set changes. */
  public String casKeyspace() {
    return keyspace + "_cas";
  }
}
