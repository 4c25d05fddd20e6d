package chat.starling.gateway.admission;

import chat.starling.gateway.limits.Rate;
import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** How many clients come in at a time; the others wait or are told to come back. */
public record AdmissionSettings(
    @Setting(
            value = "sessions that are signed in and opened a second, new and resumed",
            byDefault = "500",
            min = 1,
            max = 1_000_000)
        int perSecond,
    @Setting(
            value = "how many of them at once after a quiet time",
            byDefault = "100",
            min = 1,
            max = 1_000_000)
        int burst,
    @Setting(
            value = "sessions that are being signed in and opened, at most",
            byDefault = "100",
            min = 1,
            max = 1_000_000)
        int underWay,
    @Setting(
            value = "clients that wait for their turn, at most; past it they are told to come back",
            byDefault = "2500",
            min = 0,
            max = 10_000_000)
        int waiting,
    @Setting(value = "how long one of them waits at most", byDefault = "5s", min = 1, max = 60_000)
        Duration longestWait,
    @Setting(
            value = "the longest time after which a refused client is asked to come back",
            byDefault = "30s",
            min = 1,
            max = 3_600_000)
        Duration longestRetry) {

  /** The rules that follow from it. */
  public AdmissionRules rules() {
    return new AdmissionRules(
        Rate.perSecond(perSecond, burst), underWay, waiting, longestWait, longestRetry);
  }
}
