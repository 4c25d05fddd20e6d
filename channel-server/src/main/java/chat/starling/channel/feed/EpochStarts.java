package chat.starling.channel.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which epoch of a feed starts at which seq, as the store holds it.
 *
 * @param version rises with every change; 0 when the store holds nothing yet
 * @param starts in rising order of epochs, which is also the rising order of seqs
 */
public record EpochStarts(long version, List<Start> starts) {

  /** The starts of a feed that nobody has written. */
  public static final EpochStarts NONE = new EpochStarts(0, List.of());

  /**
   * The first seq of one epoch.
   *
   * @param fixedMillis when it was fixed, milliseconds since 1970 by the owner's clock
   */
  public record Start(long epoch, long seq, long fixedMillis) {}

  public EpochStarts {
    starts = List.copyOf(starts);
  }

  /** The only epoch whose row may be the truth at this seq; 0 when there is none. */
  public long epochAt(long seq) {
    for (int i = starts.size() - 1; i >= 0; i--) {
      if (starts.get(i).seq() <= seq) {
        return starts.get(i).epoch();
      }
    }
    return 0;
  }

  /** The first seq of the epoch; 0 while it has none. */
  public long startOf(long epoch) {
    for (Start start : starts) {
      if (start.epoch() == epoch) {
        return start.seq();
      }
    }
    return 0;
  }

  /** The highest epoch that has a start; 0 when none has. */
  public long last() {
    return starts.isEmpty() ? 0 : starts.getLast().epoch();
  }

  /**
   * These starts and one more, under the next version, without the entries under which nothing
   * lives any more: those without a seq of their own, and those whose successor was fixed longer
   * ago than the log keeps its rows.
   */
  public EpochStarts with(Start next, Duration retention) {
    long expired = next.fixedMillis() - retention.toMillis();
    List<Start> kept = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Start successor = i + 1 < starts.size() ? starts.get(i + 1) : next;
      boolean empty = successor.seq() <= starts.get(i).seq();
      if (!empty && successor.fixedMillis() >= expired) {
        kept.add(starts.get(i));
      }
    }
    kept.add(next);
    return new EpochStarts(version + 1, kept);
  }
}
