package chat.starling.channel.feed;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the store holds of a feed, read before it is served.
 *
 * @param head the last head written
 * @param recent the newest true entries in rising order without gaps, everything above head's seq
 *     among them
 * @param marks the open marks of all epochs, read after all the rest
 */
public record Recovered(
    EpochStarts starts, FeedHead head, List<FeedEntry> recent, List<OpenMark> marks) {

  public Recovered {
    recent = List.copyOf(recent);
    marks = List.copyOf(marks);
  }

  /** The last seq of the truth; 0 for a feed without events. */
  public long tail() {
    return recent.isEmpty() ? head.seq() : recent.getLast().seq();
  }

  /** The largest message id so far. */
  public long lastMessageId() {
    return recent.isEmpty() ? head.messageId() : recent.getLast().messageId();
  }

  /** Whether nothing was going on when the feed was left: all of it may be shown. */
  boolean clean() {
    return marks.isEmpty();
  }

  /** Up to here the history view certainly has everything. */
  public long historySeq() {
    return clean()
        ? tail()
        : Math.max(head.seq(), lowest(marks.stream().map(OpenMark::historySeq)));
  }

  /** Up to here the outbox certainly has everything. */
  public long outboxSeq() {
    return clean() ? tail() : lowest(marks.stream().map(OpenMark::outboxSeq));
  }

  /** The highest epoch of which the store shows a trace; 0 when there is none. */
  long lastEpoch() {
    return LongStream.concat(
            LongStream.of(starts.last()), marks.stream().mapToLong(OpenMark::epoch))
        .max()
        .orElse(0);
  }

  /** The epochs that left a mark. */
  List<Long> markedEpochs() {
    return marks.stream().map(OpenMark::epoch).toList();
  }

  /** Of a mark nobody knows whether all that it counts has become the truth. */
  private long lowest(Stream<Long> seqs) {
    return Math.min(tail(), seqs.mapToLong(Long::longValue).min().orElse(0));
  }
}
