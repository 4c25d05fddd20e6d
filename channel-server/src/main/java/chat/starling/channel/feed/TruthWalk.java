package chat.starling.channel.feed;

/**
 * The one rule by which a log is read: a row is the truth if and only if its epoch is the last one
 * that starts at or before its seq, and every smaller seq has its row.
 *
 * <p>Of a part of the log that is known to be settled every seq had its row once; what is missing
 * there has outlived its time in the store, and the walk goes on behind it.
 */
public final class TruthWalk {

  private final EpochStarts starts;
  private final long settled;
  private long next;
  private boolean ended;

  private TruthWalk(EpochStarts starts, long first, long settled) {
    this.starts = starts;
    this.next = first;
    this.settled = settled;
  }

  /**
   * A walk that ends at the first gap; the caller knows that all below {@code first} is settled.
   */
  public static TruthWalk unsettled(EpochStarts starts, long first) {
    return new TruthWalk(starts, first, first - 1);
  }

  /** A walk through a part of the log of which everything up to {@code last} is settled. */
  public static TruthWalk settled(EpochStarts starts, long first, long last) {
    return new TruthWalk(starts, first, last);
  }

  /** Looks at the next row in rising order of (seq, epoch); true when it is the truth. */
  public boolean take(long seq, long epoch) {
    if (seq > next && seq > settled) {
      ended = true;
    }
    if (ended || seq < next || epoch != starts.epochAt(seq)) {
      return false;
    }
    next = seq + 1;
    return true;
  }

  /** Leaves out what may have outlived its time, up to this seq; false when nothing may have. */
  public boolean skipTo(long seq) {
    if (seq > settled) {
      return false;
    }
    next = seq;
    return true;
  }

  /** The seq after the last true row. */
  public long next() {
    return next;
  }

  /** Whether a gap was met, behind which nothing is the truth. */
  public boolean ended() {
    return ended;
  }
}
