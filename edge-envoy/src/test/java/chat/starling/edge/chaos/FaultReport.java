package chat.starling.edge.chaos;

import org.jspecify.annotations.Nullable;

/**
 * One fault and what users saw of it.
 *
 * @param fault its kind, by label
 * @param target what it happened to
 * @param atMillis when it began, counted from the first message
 * @param lastedMillis until it was ended
 * @param recoveredMillis from then until everything was well again
 * @param longestPauseMillis the longest time between a send and its ack, over all sends that were
 *     under way between the fault's begin and the recovery
 * @param own the same for the channels that the target owned; null when it owns none by its nature
 */
record FaultReport(
    String fault,
    String target,
    long atMillis,
    long lastedMillis,
    long recoveredMillis,
    long longestPauseMillis,
    @Nullable Own own) {

  /**
   * What a channel server owned when it was hit.
   *
   * @param channels how many of the crowd's channels
   * @param longestPauseMillis in these channels, in milliseconds
   */
  record Own(int channels, long longestPauseMillis) {

    @Override
    public String toString() {
      return "%s in its %d channels".formatted(Seconds.of(longestPauseMillis), channels);
    }
  }

  /** One line for people to read. */
  String line(long leaseMillis) {
    return "%s  %-22s %-17s for %s, well again after %s; longest pause %s%s, lease %s"
        .formatted(
            Seconds.clock(atMillis),
            fault,
            target,
            Seconds.of(lastedMillis),
            Seconds.of(recoveredMillis),
            Seconds.of(longestPauseMillis),
            own == null ? "" : ", " + own,
            Seconds.of(leaseMillis));
  }
}
