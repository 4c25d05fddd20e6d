package chat.starling.channel;

import chat.starling.channel.owner.heads.HeadBounds;
import chat.starling.platform.settings.Setting;
import java.time.Duration;

/**
 * How unread state gets about: what is kept of the heads of workspaces' channels, and how often it
 * is told.
 */
public record HeadSettings(
    @Setting(
            value =
                "how often the owner of a channel tells the owner of its workspace that the channel"
                    + " has moved; whatever happens in between is told once",
            byDefault = "250ms",
            min = 10,
            max = 60_000)
        Duration reportInterval,
    @Setting(
            value = "how long such a report to another server may take before it is made again",
            byDefault = "1s",
            min = 10,
            max = 60_000)
        Duration reportTimeout,
    @Setting(
            value = "how often the owner of a workspace tells gateways which channels have moved",
            byDefault = "250ms",
            min = 10,
            max = 60_000)
        Duration batchInterval,
    @Setting(
            value = "workspaces whose heads are in memory at once",
            byDefault = "20000",
            min = 1,
            max = 10_000_000)
        int maxWorkspaces,
    @Setting(
            value = "channels of one workspace whose heads are in memory; more get no bumps",
            byDefault = "100000",
            min = 1,
            max = 10_000_000)
        int maxChannels,
    @Setting(
            value = "how long the heads of a workspace that nobody watches stay in memory",
            byDefault = "10m",
            min = 60_000,
            max = 86_400_000)
        Duration idleTime) {

  /** These settings for a server that writes heads this often. */
  HeadBounds bounds(Duration headInterval) {
    return new HeadBounds(
        reportInterval,
        batchInterval,
        maxWorkspaces,
        maxChannels,
        idleTime,
        headInterval.multipliedBy(4));
  }
}
