package chat.starling.gateway.admission;

import chat.starling.gateway.limits.Rate;
import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** How many clients come in at a time; the others wait or are told to come back. */
public record AdmissionSettings(
    @Setting(
            value = "sessions, new and resumed, let in at once, and in each admission.period",
            byDefault = "50",
            min = 1,
            max = 1_000_000)
        int sessions,
    @Setting(
            value = "in which time as many may be let in again",
            byDefault = "100ms",
            min = 1,
            max = 600_000)
        Duration period,
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
        new Rate(sessions, period), underWay, waiting, longestWait, longestRetry);
  }
}
