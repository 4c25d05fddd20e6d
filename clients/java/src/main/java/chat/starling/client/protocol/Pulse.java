package chat.starling.client.protocol;

/** When to send the next heartbeat, and when a silent server counts as dead. */
final class Pulse {
  private static final long DEFAULT_INTERVAL = 30_000;
  private static final long SHORTEST_INTERVAL = 50;
  private static final long LONGEST_INTERVAL = 600_000;
  private static final long GRACE = 5_000;

  private final long intervalMillis;
  private long lastWrite;
  private long lastRead;

  /**
   * @param intervalMillis from Ready; 0 or less for unknown
   */
  Pulse(long intervalMillis, long now) {
    long interval = intervalMillis <= 0 ? DEFAULT_INTERVAL : intervalMillis;
    this.intervalMillis = Math.max(SHORTEST_INTERVAL, Math.min(LONGEST_INTERVAL, interval));
    this.lastWrite = now;
    this.lastRead = now;
  }

  void wrote(long now) {
    lastWrite = now;
  }

  void read(long now) {
    lastRead = now;
  }

  /**
   * Heartbeats leave a fifth of the interval early, so that the network's delay does not make them
   * late.
   */
  long nextBeat() {
    return lastWrite + intervalMillis * 4 / 5;
  }

  /** The server answers each heartbeat: from here on its silence means that it is gone. */
  long deadAt() {
    return lastRead + intervalMillis + GRACE;
  }
}
