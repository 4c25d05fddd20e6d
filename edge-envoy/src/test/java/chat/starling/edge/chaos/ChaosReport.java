package chat.starling.edge.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One run.
 *
 * @param seed which run
 * @param channelServers how many there were
 * @param gateways how many there were
 * @param leaseMillis how long a channel server owns after a renewal
 * @param ranMillis from the first message to the last
 * @param acked messages acked
 * @param unknown messages of which the sender was told that nobody knows
 * @param longestPauseOtherwiseMillis the longest time between a send and its ack, over all sends
 *     that met no fault
 * @param faults in the order in which they happened
 * @param contradictions everything that does not fit; empty when all promises held
 */
record ChaosReport(
    long seed,
    int channelServers,
    int gateways,
    long leaseMillis,
    long ranMillis,
    long acked,
    long unknown,
    long longestPauseOtherwiseMillis,
    List<FaultReport> faults,
    List<String> contradictions) {

  private static final String ROW = "  %-5s  %-22s  %-16s  %9s  %10s  %13s  %24s%n";

  /** The whole run for people to read, with its last line saying how it ended. */
  String table() {
    String head =
        "chaos, seed %d: %d channel servers, %d gateways, %s, %d messages acked, %d of unknown outcome%n"
            .formatted(seed, channelServers, gateways, Seconds.clock(ranMillis), acked, unknown);
    String titles =
        ROW.formatted(
            "at",
            "fault",
            "target",
            "lasted",
            "recovered",
            "longest pause",
            "in target's channels");
    String rows = faults.stream().map(ChaosReport::row).collect(Collectors.joining());
    return head
        + titles
        + rows
        + ROW.formatted("", "none", "", "", "", Seconds.of(longestPauseOtherwiseMillis), "")
        + "  the lease is %s%n".formatted(Seconds.of(leaseMillis))
        + verdict();
  }

  private static String row(FaultReport fault) {
    return ROW.formatted(
        Seconds.clock(fault.atMillis()),
        fault.fault(),
        fault.target(),
        Seconds.of(fault.lastedMillis()),
        Seconds.of(fault.recoveredMillis()),
        Seconds.of(fault.longestPauseMillis()),
        fault.own() == null ? "-" : fault.own().toString());
  }

  private String verdict() {
    return contradictions.isEmpty()
        ? "  nothing acked was lost, nothing came twice, everybody saw one order%n".formatted()
        : contradictions.stream()
            .map(one -> "  WRONG: %s%n".formatted(one))
            .collect(Collectors.joining());
  }

  /** Writes the same as JSON. */
  void write(Path file) throws IOException {
    var mapper = new ObjectMapper();
    Files.write(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }
}
