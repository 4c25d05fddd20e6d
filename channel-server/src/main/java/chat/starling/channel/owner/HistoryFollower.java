package chat.starling.channel.owner;

import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.history.TimeBucket;
import chat.starling.platform.ids.FeedId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/**
 * Brings a feed's acked messages to the history view, in order, several of one partition in one
 * write; what comes while a write is under way goes with the next. Writes the feed's head now and
 * then, never ahead of the view.
 */
final class HistoryFollower {

  private static final int MAX_ROWS = 64;
  private static final int MAX_BYTES = 128 * 1024;

  private final FeedId id;
  private final Feed feed;
  private final FeedStores stores;
  private final StoreCalls calls;

  private FeedHead reached = FeedHead.NONE;
  private FeedHead written = FeedHead.NONE;
  private long openBucket = -1;
  private boolean busy;
  private boolean flushing;

  HistoryFollower(FeedId id, Feed feed, FeedStores stores, StoreCalls calls) {
    this.id = id;
    this.feed = feed;
    this.stores = stores;
    this.calls = calls;
  }

  /** Begins at the head that the store holds. */
  void begin(FeedHead head) {
    reached = written = head;
    advance();
  }

  /** Goes on if there is something that the view lacks. */
  void advance() {
    if (busy || !feed.readable() || lag() <= 0) {
      return;
    }
    List<FeedEntry> batch = batch();
    busy = true;
    calls.untilAnswered("history write", () -> write(batch), done -> reached(batch.getLast()));
  }

  /** Acked events that the view lacks. */
  long lag() {
    return feed.settledSeq() - reached.seq();
  }

  /** Whether the view has everything and the store knows. */
  boolean idle() {
    return !busy && !flushing && lag() == 0 && written.equals(reached);
  }

  /** Writes the head if it moved. */
  void flush() {
    if (flushing || written.equals(reached)) {
      return;
    }
    FeedHead head = reached;
    flushing = true;
    calls.untilAnswered(
        "head write",
        () -> stores.heads().write(id, head),
        done -> {
          flushing = false;
          written = head;
        });
  }

  private void reached(FeedEntry last) {
    busy = false;
    reached = new FeedHead(last.seq(), last.messageId());
    feed.followed(last.seq());
    if (FeedLog.bucketOf(reached.seq()) != FeedLog.bucketOf(written.seq())) {
      flush();
    }
    advance();
  }

  private CompletionStage<Void> write(List<FeedEntry> batch) {
    long bucket = TimeBucket.of(batch.getFirst().messageId());
    List<StoredMessage> messages = batch.stream().map(StoredMessage::of).toList();
    return opened(bucket).thenCompose(done -> stores.view().write(id.id(), bucket, messages));
  }

  private CompletionStage<Void> opened(long bucket) {
    if (bucket == openBucket) {
      return CompletableFuture.completedStage(null);
    }
    return stores.view().open(id.id(), bucket).thenAccept(done -> openBucket = bucket);
  }

  private List<FeedEntry> batch() {
    long first = reached.seq() + 1;
    long bucket = TimeBucket.of(feed.tail().get(first).messageId());
    long end = first;
    int bytes = 0;
    while (end <= feed.settledSeq()
        && end - first < MAX_ROWS
        && bytes < MAX_BYTES
        && TimeBucket.of(feed.tail().get(end).messageId()) == bucket) {
      bytes += feed.tail().get(end++).message().size();
    }
    return LongStream.range(first, end).mapToObj(feed.tail()::get).toList();
  }
}
