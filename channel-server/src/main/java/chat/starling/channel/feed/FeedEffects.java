package chat.starling.channel.feed;

import java.time.Duration;
import java.util.List;

/** What a feed wants done; each is answered by the method of {@link Feed} that it names. */
public interface FeedEffects {

  /** Read everything again; answer by {@link Feed#recovered}. */
  void recover();

  /** Put this epoch's mark; answer by {@link Feed#marked} once it is durable. */
  void open(OpenMark mark);

  /** Put this epoch's mark again, with newer cursors; no answer. */
  void renew(OpenMark mark);

  /**
   * Take this epoch's mark away, and those of former epochs for good; no answer. None of them is
   * the epoch of the feed's owner.
   */
  void close(List<Long> formerEpochs);

  /** Replace the starts by compare-and-set; answer by {@link Feed#startKnown}. */
  void fixStart(EpochStarts seen, EpochStarts next);

  /** Write the row; answer by {@link Feed#durable} or {@link Feed#writeFailed}. */
  void write(PendingAppend append);

  /** After the pause, write the same row again. */
  void writeAgain(PendingAppend append, Duration pause);

  /** The event is acked: publish it and let the followers have it. Comes in seq order. */
  void settled(PendingAppend append);

  /** Something waits for the lease: call {@link Feed#leaseMayBeBack} a little later. */
  void awaitLease();

  /** Read the entries right below this seq; answer by {@link Feed#readBack}. */
  void readBack(long belowSeq);
}
