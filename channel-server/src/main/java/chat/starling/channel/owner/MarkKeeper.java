package chat.starling.channel.owner;

import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.feed.OpenMarks;
import chat.starling.platform.ids.FeedId;
import java.util.List;

/**
 * Puts one epoch's mark on a feed, renews it and takes it away. Each write has its stamp from when
 * it was wished for, however often it is sent: the last wish stays.
 */
final class MarkKeeper {

  private final FeedId id;
  private final long epoch;
  private final OpenMarks marks;
  private final MarkStamps stamps;
  private final StoreCalls calls;
  private boolean renewing;

  MarkKeeper(FeedId id, long epoch, OpenMarks marks, MarkStamps stamps, StoreCalls calls) {
    this.id = id;
    this.epoch = epoch;
    this.marks = marks;
    this.stamps = stamps;
    this.calls = calls;
  }

  /** Puts the mark; {@code durable} is called once it is. */
  void open(OpenMark mark, Runnable durable) {
    long stamp = stamps.next();
    calls.untilAnswered("open mark", () -> marks.put(id, mark, stamp), done -> durable.run());
  }

  /** Puts the mark again, unless that is being done already. */
  void renew(OpenMark mark) {
    if (renewing) {
      return;
    }
    renewing = true;
    long stamp = stamps.next();
    calls.untilAnswered("mark renewal", () -> marks.put(id, mark, stamp), done -> renewing = false);
  }

  /** Takes the mark away, and those of former epochs whatever stamps they have. */
  void close(List<Long> formerEpochs) {
    long stamp = stamps.next();
    calls.untilAnswered("mark removal", () -> marks.delete(id, epoch, stamp), done -> {});
    formerEpochs.forEach(former ->
        calls.untilAnswered(
            "mark removal", () -> marks.delete(id, former, OpenMarks.BURIED), done -> {}));
  }
}
