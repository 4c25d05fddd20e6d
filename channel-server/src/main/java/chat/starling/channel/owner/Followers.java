package chat.starling.channel.owner;

import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.Follower;
import chat.starling.channel.feed.LogReader;
import chat.starling.channel.feed.Recovered;
import chat.starling.channel.owner.LogFollower.Errand;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Those who are fed from one feed's log behind the acks, and the head that follows them. */
final class Followers {

  private final Feed feed;
  private final HeadWriter head;
  private final LogFollower history;
  private final LogFollower outbox;
  private final Consumer<List<FeedEntry>> onViewed;

  /**
   * Followers that have not begun.
   *
   * @param onViewed is told what the history view, or the workspace's rows, have got
   */
  Followers(
      FeedId id,
      Feed feed,
      FeedContext context,
      LogReader log,
      StoreCalls calls,
      Loop loop,
      Consumer<List<FeedEntry>> onViewed) {
    this.feed = feed;
    this.onViewed = onViewed;
    FeedStores stores = context.stores();
    head = new HeadWriter(id, feed, stores.heads(), calls);
    history = new LogFollower(id, feed, log, calls, loop, view(id, context), this::viewed);
    outbox =
        new LogFollower(
            id,
            feed,
            log,
            calls,
            loop,
            new Errand("outbox write", run -> stores.outbox().publish(id, run), Duration.ZERO),
            run -> feed.followed(Follower.OUTBOX, run.getLast().seq()));
  }

  /** Acts wait for the rows of their workspace; nobody waits for the history view. */
  private static Errand view(FeedId id, FeedContext context) {
    FeedStores stores = context.stores();
    return id.kind() == FeedKind.WORKSPACE
        ? new Errand("row write", new WorkspaceSink(stores.workspaces()), Duration.ZERO)
        : new Errand(
            "history write",
            new HistorySink(id.id(), stores.view()),
            context.bounds().historyDelay());
  }

  /** The store has been read: all go on from there, as soon as the feed may be shown. */
  void begin(Recovered found) {
    head.begin(found.head(), new FeedHead(found.historySeq(), viewedId(found)));
    history.begin(found.historySeq());
    outbox.begin(found.outboxSeq());
  }

  /** Something new is there. */
  void advance() {
    history.advance();
    outbox.advance();
  }

  /** What waits for company goes at once. */
  void hurry() {
    history.hurry();
    head.flush();
  }

  /** Writes the head if it moved. */
  void flushHead() {
    head.flush();
  }

  /** Whether everything acked has arrived everywhere. */
  boolean idle() {
    return history.idle() && outbox.idle();
  }

  private void viewed(List<FeedEntry> run) {
    FeedEntry last = run.getLast();
    feed.followed(Follower.HISTORY, last.seq());
    head.reached(new FeedHead(last.seq(), last.messageId()));
    onViewed.accept(run);
  }

  /** The id at the history cursor; where memory does not have it, the head is that far already. */
  private static long viewedId(Recovered found) {
    return found.recent().stream()
        .filter(entry -> entry.seq() == found.historySeq())
        .mapToLong(FeedEntry::messageId)
        .findFirst()
        .orElse(found.head().messageId());
  }
}
