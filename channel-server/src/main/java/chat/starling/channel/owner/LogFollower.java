package chat.starling.channel.owner;

import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.HotTail;
import chat.starling.channel.feed.LogReader;
import chat.starling.platform.ids.FeedId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Brings a feed's acked events to one place, in order, many in one run: a run begins a pause after
 * the first event that it could bring, or earlier when it is full. Events that memory does not hold
 * any more are read from the log.
 */
final class LogFollower {

  private static final int MAX_ROWS = 128;
  private static final int MAX_BYTES = 128 * 1024;

  /**
   * What a follower is for.
   *
   * @param what names its calls in the log of this server
   * @param sink where the events go
   * @param pause for which an event waits for others at most
   */
  record Errand(String what, EventSink sink, Duration pause) {}

  private final FeedId id;
  private final Feed feed;
  private final LogReader log;
  private final StoreCalls calls;
  private final Loop loop;
  private final Errand errand;
  private final Consumer<List<FeedEntry>> onReached;
  private long reached;
  private boolean busy;
  private boolean pausing;

  /**
   * A follower that has not begun.
   *
   * @param onReached is told each run that has arrived; none is empty
   */
  LogFollower(
      FeedId id,
      Feed feed,
      LogReader log,
      StoreCalls calls,
      Loop loop,
      Errand errand,
      Consumer<List<FeedEntry>> onReached) {
    this.id = id;
    this.feed = feed;
    this.log = log;
    this.calls = calls;
    this.loop = loop;
    this.errand = errand;
    this.onReached = onReached;
  }

  /** Begins behind this seq, or again if it had begun. */
  void begin(long seq) {
    reached = seq;
    advance();
  }

  /** Goes on if there is something to bring, when it is time. */
  void advance() {
    if (!hasWork()) {
      return;
    }
    if (errand.pause().isZero() || feed.settledSeq() - reached >= MAX_ROWS) {
      bring();
    } else if (!pausing) {
      pausing = true;
      loop.schedule(this::pauseOver, errand.pause());
    }
  }

  /** Goes on at once. */
  void hurry() {
    if (hasWork()) {
      bring();
    }
  }

  private void pauseOver() {
    pausing = false;
    hurry();
  }

  private boolean hasWork() {
    return !busy && feed.readable() && feed.settledSeq() > reached;
  }

  /** Action Produce of docs/spec/Feed.tla. */
  private void bring() {
    busy = true;
    calls.untilAnswered(errand.what(), () -> run().thenCompose(this::bring), this::arrived);
  }

  /** Whether everything acked has arrived. */
  boolean idle() {
    return !busy && feed.settledSeq() <= reached;
  }

  private CompletionStage<List<FeedEntry>> run() {
    long first = reached + 1;
    HotTail tail = feed.tail();
    if (first >= tail.first()) {
      return CompletableFuture.completedStage(inMemory(first, tail));
    }
    long last = Math.min(reached + MAX_ROWS, tail.first() - 1);
    return log.settled(id, feed.starts(), first, last).thenApply(found -> found);
  }

  private static List<FeedEntry> inMemory(long first, HotTail tail) {
    long end = first;
    int bytes = 0;
    while (end < tail.next() && end - first < MAX_ROWS && bytes < MAX_BYTES) {
      bytes += tail.get(end++).event().size();
    }
    return LongStream.range(first, end).mapToObj(tail::get).toList();
  }

  private CompletionStage<List<FeedEntry>> bring(List<FeedEntry> run) {
    return run.isEmpty()
        ? CompletableFuture.completedStage(run)
        : errand.sink().take(run).thenApply(done -> run);
  }

  private void arrived(List<FeedEntry> run) {
    busy = false;
    if (run.isEmpty()) {
      // All that was asked for has outlived its time in the log.
      reached = Math.min(reached + MAX_ROWS, feed.tail().first() - 1);
    } else {
      reached = run.getLast().seq();
      onReached.accept(run);
    }
    advance();
  }
}
