package chat.starling.edge.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What to let happen. Read from system properties {@code starling.chaos.NAME}, of which an empty
 * one counts as absent.
 *
 * @param seed {@code seed}: decides the order of faults, their targets and times, and the messages
 * @param atLeast {@code minutes}, 1 to 1440: how long faults follow one another; when absent, each
 *     kind happens once
 * @param faults {@code faults}: the kinds that happen, by label, separated by commas; all when
 *     absent
 * @param channelServers {@code channel-servers}, 1 to 9; 3 when absent
 * @param gateways {@code gateways}, 1 to 5; 2 when absent
 * @param json {@code json}: a file to write the report to
 */
record ChaosOptions(
    long seed,
    Optional<Duration> atLeast,
    List<FaultKind> faults,
    int channelServers,
    int gateways,
    Optional<Path> json) {

  private static final String PREFIX = "starling.chaos.";

  /**
   * The options in these properties.
   *
   * @throws IllegalArgumentException naming the first that is wrong
   */
  static ChaosOptions of(Properties properties, long seedWhenAbsent) {
    return new ChaosOptions(
        number(properties, "seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(seedWhenAbsent),
        number(properties, "minutes", 1, 1440).map(Duration::ofMinutes),
        text(properties, "faults").map(ChaosOptions::kinds).orElse(List.of(FaultKind.values())),
        number(properties, "channel-servers", 1, 9).orElse(3L).intValue(),
        number(properties, "gateways", 1, 5).orElse(2L).intValue(),
        text(properties, "json").map(Path::of));
  }

  private static List<FaultKind> kinds(String labels) {
    Map<String, FaultKind> byLabel =
        Arrays.stream(FaultKind.values()).collect(Collectors.toMap(FaultKind::label, kind -> kind));
    return Arrays.stream(labels.split(",", -1))
        .map(label ->
            Optional.ofNullable(byLabel.get(label.strip()))
                .orElseThrow(() -> wrong("faults", label, "of " + byLabel.keySet())))
        .toList();
  }

  private static Optional<Long> number(Properties properties, String name, long least, long most) {
    return text(properties, name).map(text -> number(name, text, least, most));
  }

  private static long number(String name, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw wrong(name, text, least + ".." + most);
  }

  private static Optional<String> text(Properties properties, String name) {
    return Optional.ofNullable(properties.getProperty(PREFIX + name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static IllegalArgumentException wrong(String name, String value, String expected) {
    return new IllegalArgumentException(
        "%s%s: %s (expected: %s)".formatted(PREFIX, name, value, expected));
  }
}
