package chat.starling.channel.store.outbox;

/** How much room there is for what waits: so many runs, and so many bytes of them. */
final class Room {

  private final int maxRuns;
  private final long maxBytes;
  private int runs;
  private long bytes;

  Room(int maxRuns, long maxBytes) {
    this.maxRuns = maxRuns;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes room for a run of so many bytes; says whether there was any. A run that alone is too
   * large gets in when nothing else waits, or it never would.
   */
  synchronized boolean take(long more) {
    if (runs > 0 && (runs >= maxRuns || bytes + more > maxBytes)) {
      return false;
    }
    runs++;
    bytes += more;
    return true;
  }

  /** Gives back what a run took. */
  synchronized void giveBack(long less) {
    runs--;
    bytes -= less;
  }

  @Override
  public synchronized String toString() {
    return "%d runs of %d bytes wait (expected: at most %d of %d)"
        .formatted(runs, bytes, maxRuns, maxBytes);
  }
}
