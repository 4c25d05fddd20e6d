package chat.starling.gateway.limits;

import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** How much clients may send in which time. All of it is counted on this gateway alone. */
public record RateSettings(
    @Setting(
            value = "messages of one user in one channel at once, and in each rates.user-period",
            byDefault = "5",
            min = 1,
            max = 1_000_000)
        int userMessages,
    @Setting(
            value = "in which time as many may be sent again",
            byDefault = "5s",
            min = 10,
            max = 600_000)
        Duration userPeriod,
    @Setting(
            value = "messages of one workspace at once, and in each rates.workspace-period",
            byDefault = "1000",
            min = 1,
            max = 1_000_000)
        int workspaceMessages,
    @Setting(
            value = "in which time as many may be sent again",
            byDefault = "1s",
            min = 10,
            max = 600_000)
        Duration workspacePeriod,
    @Setting(
            value = "frames of one stream at once, and in each rates.frame-period",
            byDefault = "500",
            min = 1,
            max = 1_000_000)
        int frames,
    @Setting(
            value = "in which time as many may be sent again",
            byDefault = "5s",
            min = 10,
            max = 600_000)
        Duration framePeriod,
    @Setting(
            value = "users in channels, and workspaces, whose sends are counted at a time",
            byDefault = "100000",
            min = 1,
            max = 10_000_000)
        int remembered,
    @Setting(
            value = "how long after a mention of everyone in a channel the next one may come",
            byDefault = "1m",
            min = 0,
            max = 86_400_000)
        Duration mentionInterval,
    @Setting(
            value = "reports of messages by one user at once, and in each rates.report-period",
            byDefault = "10",
            min = 1,
            max = 1_000_000)
        int reports,
    @Setting(
            value = "in which time as many may be made again",
            byDefault = "10m",
            min = 10,
            max = 86_400_000)
        Duration reportPeriod) {

  /** Of one user in one channel. */
  public Rate user() {
    return new Rate(userMessages, userPeriod);
  }

  /** Of one workspace. */
  public Rate workspace() {
    return new Rate(workspaceMessages, workspacePeriod);
  }

  /** Of one user who reports messages. */
  public Rate report() {
    return new Rate(reports, reportPeriod);
  }

  /** Of one stream. */
  public Rate frame() {
    return new Rate(frames, framePeriod);
  }
}
