package chat.starling.channel.store.outbox;

import chat.starling.platform.settings.HostPort;
import chat.starling.platform.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where the outbox is and how much may wait for it. */
public record OutboxSettings(
    @Setting(
            value = "Kafka brokers to ask first, host:port; empty for no outbox at all",
            byDefault = "")
        List<HostPort> bootstrapServers,
    @Setting(value = "topic of all events; made if it is missing", byDefault = "starling.events")
        String topic,
    @Setting(
            value = "partitions of a topic that is made; a feed is always in the same one",
            byDefault = "16",
            min = 1,
            max = 10_000)
        int partitions,
    @Setting(
            value = "copies of each partition of a topic that is made",
            byDefault = "1",
            min = 1,
            max = 100)
        int replication,
    @Setting(
            value = "how long a broker may take for one request before it is sent again",
            byDefault = "10s",
            min = 100,
            max = 600_000)
        Duration requestTimeout,
    @Setting(
            value = "how long Kafka may keep events waiting before all under way is begun anew",
            byDefault = "2m",
            min = 200,
            max = 86_400_000)
        Duration deliveryTimeout,
    @Setting(
            value = "runs of events that wait for Kafka before more are refused",
            byDefault = "1024",
            min = 1,
            max = 1_000_000)
        int maxRuns,
    @Setting(
            value = "bytes of events that wait for Kafka before more are refused",
            byDefault = "33554432",
            min = 65_536,
            max = 1_073_741_824)
        int maxBytes,
    @Setting(
            value = "file of further Kafka client properties (sasl.*, ssl.*, …); empty for none",
            byDefault = "")
        Path clientProperties) {

  public OutboxSettings {
    if (!topic.matches("[a-zA-Z0-9._-]{1,249}") || topic.matches("\\.{1,2}")) {
      throw wrong("topic", topic, "1..249 of a-z A-Z 0-9 . _ -, and neither . nor ..");
    }
    Duration least = requestTimeout.plusMillis(KafkaClients.LINGER_MILLIS);
    if (deliveryTimeout.compareTo(least) < 0) {
      throw wrong(
          "delivery-timeout",
          deliveryTimeout.toMillis() + "ms",
          least.toMillis() + "ms or more, which is the request-timeout and what a batch waits");
    }
  }

  /** Whether an outbox is kept at all. */
  public boolean isKept() {
    return !bootstrapServers.isEmpty();
  }

  private static IllegalArgumentException wrong(String path, String value, String expected) {
    return new IllegalArgumentException(path + ": " + value + " (expected: " + expected + ")");
  }
}
