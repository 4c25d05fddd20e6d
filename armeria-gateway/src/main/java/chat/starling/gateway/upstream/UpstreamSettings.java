package chat.starling.gateway.upstream;

import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** How this gateway calls channel servers. */
public record UpstreamSettings(
    @Setting(
            value = "how long one attempt at one channel server may take",
            byDefault = "3s",
            min = 10,
            max = 120_000)
        Duration attemptTimeout,
    @Setting(
            value = "how long a connection to a channel server may take to come about",
            byDefault = "1s",
            min = 10,
            max = 60_000)
        Duration connectTimeout,
    @Setting(
            value =
                "a connection on which nothing moved for this long is pinged, and closed without"
                    + " answer",
            byDefault = "2s",
            min = 1000,
            max = 60_000)
        Duration pingInterval,
    @Setting(
            value = "how far back a channel server's failures count",
            byDefault = "10s",
            min = 100,
            max = 600_000)
        Duration breakerWindow,
    @Setting(
            value = "calls in that window before its circuit may open",
            byDefault = "10",
            min = 1,
            max = 1_000_000)
        int breakerMinCalls,
    @Setting(
            value = "share of them that must have failed, more than 0; 1 never opens a circuit",
            byDefault = "0.5")
        double breakerFailureRate,
    @Setting(
            value = "how long an open circuit lets no call through before it tries one",
            byDefault = "1s",
            min = 10,
            max = 300_000)
        Duration breakerOpenTime) {

  /** Checks what no range can tell. */
  public UpstreamSettings {
    if (breakerFailureRate <= 0) {
      throw new IllegalArgumentException(
          "breaker-failure-rate: " + breakerFailureRate + " (expected: more than 0, at most 1)");
    }
  }
}
