package chat.starling.channel;

import chat.starling.channel.feed.FeedBounds;
import chat.starling.channel.owner.OwnerBounds;
import chat.starling.channel.owner.TrustBounds;
import chat.starling.channel.relay.RelayBounds;
import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** What feeds may hold, how long they wait and how much is kept of them. */
public record FeedSettings(
    @Setting(
            value = "events that an active feed keeps in memory",
            byDefault = "256",
            min = 1,
            max = 65_536)
        int tailEvents,
    @Setting(
            value = "bytes of events that an active feed keeps in memory",
            byDefault = "262144",
            min = 1_024,
            max = 268_435_456)
        int tailBytes,
    @Setting(
            value = "appends of one feed that wait for an answer before more are refused",
            byDefault = "1024",
            min = 1,
            max = 65_536)
        int maxWaiting,
    @Setting(
            value = "acked events that the history view may lack before appends are refused",
            byDefault = "4096",
            min = 64,
            max = 65_536)
        int maxLag,
    @Setting(
            value = "nonces of one feed in memory; older ones are looked for in the log",
            byDefault = "100000",
            min = 1,
            max = 10_000_000)
        int maxNonces,
    @Setting(
            value = "how long a nonce returns its first result",
            byDefault = "5m",
            min = 1_000,
            max = 86_400_000)
        Duration nonceWindow,
    @Setting(
            value = "how long the log keeps events; longer than the nonce window",
            byDefault = "30d",
            min = 3_600_000,
            max = 315_360_000_000L)
        Duration logRetention,
    @Setting(
            value = "pause before a failed write is sent again; doubles with every failure",
            byDefault = "50ms",
            min = 1,
            max = 60_000)
        Duration firstBackoff,
    @Setting(
            value = "longest pause before a failed write is sent again",
            byDefault = "1s",
            min = 1,
            max = 60_000)
        Duration maxBackoff,
    @Setting(
            value = "feeds that are active at once",
            byDefault = "100000",
            min = 16,
            max = 10_000_000)
        int maxActive,
    @Setting(
            value = "how long a feed that nobody uses stays active",
            byDefault = "10m",
            min = 100,
            max = 86_400_000)
        Duration idleTime,
    @Setting(
            value =
                "how long an acked message waits in memory for others of its channel, to go to the"
                    + " history view with them in one write",
            byDefault = "1s",
            min = 0,
            max = 10_000)
        Duration historyDelay,
    @Setting(
            value =
                "how often heads and marks of feeds that moved are written; a feed that is silent"
                    + " for as long is left clean",
            byDefault = "5s",
            min = 50,
            max = 600_000)
        Duration headInterval,
    @Setting(
            value = "events that a subscription replays at most",
            byDefault = "1000",
            min = 0,
            max = 1_000)
        int maxReplay,
    @Setting(
            value = "subscriptions on one gateway's stream",
            byDefault = "200000",
            min = 1,
            max = 10_000_000)
        int maxSubscriptions,
    @Setting(
            value =
                "appends on one gateway's stream that wait for an answer before more are refused",
            byDefault = "65536",
            min = 1,
            max = 10_000_000)
        int maxStreamAppends,
    @Setting(
            value = "bytes that wait for a gateway to read before its stream is ended",
            byDefault = "33554432",
            min = 65_536,
            max = 1_073_741_824)
        int maxOutboundBytes,
    @Setting(
            value =
                "subscribers of one feed that a server takes before it refers others to relays, and"
                    + " relays that it refers them to",
            byDefault = "32",
            min = 2,
            max = 10_000)
        int relayDegree,
    @Setting(
            value =
                "how long a relay that nobody subscribes to any more stays, up to twice as long",
            byDefault = "30s",
            min = 10,
            max = 3_600_000)
        Duration relayIdleTime,
    @Setting(
            value = "how long a stopping server takes at most to hand over its shards",
            byDefault = "30s",
            min = 0,
            max = 60_000)
        Duration stopPatience) {

  public FeedSettings {
    if (maxBackoff.compareTo(firstBackoff) < 0) {
      throw new IllegalArgumentException(
          "max-backoff: " + maxBackoff + " (expected: first-backoff or more)");
    }
    if (logRetention.compareTo(nonceWindow) <= 0) {
      throw new IllegalArgumentException(
          "log-retention: " + logRetention + " (expected: more than nonce-window)");
    }
  }

  /** What is held of the feeds of others. */
  RelayBounds relayBounds() {
    return new RelayBounds(maxActive, tailEvents, tailBytes);
  }

  /** These settings for each of so many loops. */
  OwnerBounds bounds(int loops, TrustBounds trust) {
    FeedBounds each =
        new FeedBounds(
            maxWaiting,
            tailEvents,
            tailBytes,
            maxLag,
            maxNonces,
            nonceWindow,
            logRetention,
            firstBackoff,
            maxBackoff);
    return new OwnerBounds(
        each,
        Math.max(1, maxActive / loops),
        maxReplay,
        idleTime,
        historyDelay,
        headInterval,
        trust);
  }
}
