package chat.starling.channel.feed;

import java.time.Duration;

/** What a feed wants done; each is answered by the method of {@link Feed} that it names. */
public interface FeedEffects {

  /** Read starts, head and log again; answer by {@link Feed#recovered}. */
  void recover();

  /** Replace the starts by compare-and-set; answer by {@link Feed#startKnown}. */
  void fixStart(EpochStarts seen, EpochStarts next);

  /** Write the row; answer by {@link Feed#durable} or {@link Feed#writeFailed}. */
  void write(PendingAppend append);

  /** After the pause, write the same row again. */
  void writeAgain(PendingAppend append, Duration pause);

  /** The event is acked: publish it and let the followers have it. Comes in seq order. */
  void settled(PendingAppend append);

  /** Read the entries right below this seq; answer by {@link Feed#readBack}. */
  void readBack(long belowSeq);
}
