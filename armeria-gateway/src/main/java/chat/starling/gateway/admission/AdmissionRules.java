package chat.starling.gateway.admission;

import chat.starling.gateway.limits.Rate;
import java.time.Duration;

/**
 * How many clients come in at a time.
 *
 * @param rate clients let in
 * @param underWay clients let in whose session does not stand yet, at most
 * @param waiting clients that wait, at most
 * @param longestWait how long one of them waits at most, more than nothing
 * @param longestRetry the longest time after which a client that was refused is asked to come back
 */
public record AdmissionRules(
    Rate rate, int underWay, int waiting, Duration longestWait, Duration longestRetry) {}
