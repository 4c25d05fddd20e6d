package chat.starling.channel.owner;

import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.feed.FeedLog;
import chat.starling.platform.ids.FeedId;

/**
 * Writes a feed's head now and then, never ahead of the history view. Action RaiseHead of
 * docs/spec/Feed.tla.
 */
final class HeadWriter {

  private final FeedId id;
  private final Feed feed;
  private final FeedHeads heads;
  private final StoreCalls calls;
  private FeedHead reached = FeedHead.NONE;
  private FeedHead written = FeedHead.NONE;
  private boolean busy;

  HeadWriter(FeedId id, Feed feed, FeedHeads heads, StoreCalls calls) {
    this.id = id;
    this.feed = feed;
    this.heads = heads;
    this.calls = calls;
  }

  /** The store holds one head, and the history view may be further. */
  void begin(FeedHead stored, FeedHead view) {
    written = stored;
    reached = view;
  }

  /** The history view has everything up to here; each bucket of the log gets a head at least. */
  void reached(FeedHead head) {
    reached = head;
    if (FeedLog.bucketOf(reached.seq()) != FeedLog.bucketOf(written.seq())) {
      flush();
    }
  }

  /** Writes the head if it moved. */
  void flush() {
    if (busy || reached.seq() <= written.seq()) {
      return;
    }
    FeedHead head = reached;
    busy = true;
    calls.untilAnswered(
        "head write",
        () -> heads.write(id, head),
        done -> {
          busy = false;
          written = head;
          feed.headWritten(head.seq());
        });
  }
}
