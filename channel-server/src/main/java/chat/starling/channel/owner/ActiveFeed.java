package chat.starling.channel.owner;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.EpochStarts;
import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedEffects;
import chat.starling.channel.feed.LogReader;
import chat.starling.channel.feed.PendingAppend;
import chat.starling.channel.feed.Recovered;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A feed that is awake: the {@link Feed} and what carries out its wishes, all on one loop. */
final class ActiveFeed implements FeedEffects {

  private static final Logger logger = LoggerFactory.getLogger(ActiveFeed.class);
  private static final int MAX_VISITS = 10_000;
  private static final int READ_BACK = 512;

  private final FeedId id;
  private final FeedContext context;
  private final Loop loop;
  private final Feed feed;
  private final StoreCalls calls;
  private final LogReader log;
  private final HistoryFollower follower;
  private final FeedSubscribers subscribers;
  private final ArrayDeque<Visit> visits = new ArrayDeque<>();
  private long lastUsedMillis;
  private boolean writesFail;

  ActiveFeed(FeedId id, FeedContext context, Loop loop) {
    this.id = id;
    this.context = context;
    this.loop = loop;
    OwnerBounds bounds = context.bounds();
    feed =
        new Feed(
            id,
            context.ownership().epoch(id),
            bounds.feed(),
            context.mint()::nextAfter,
            context.clock(),
            this);
    calls = new StoreCalls(id, loop, bounds.feed());
    log = new LogReader(context.stores().log());
    follower = new HistoryFollower(id, feed, context.stores(), calls);
    subscribers = new FeedSubscribers(id, feed, log, loop, bounds.maxReplay());
    used();
  }

  void append(Append append) {
    used();
    feed.append(append);
  }

  /** Does something with the feed as soon as it may be shown. */
  void visit(Visit visit) {
    used();
    if (feed.lost()) {
      visit.refuse().accept(lost());
    } else if (feed.readable()) {
      visit.enter().run();
    } else if (visits.size() >= MAX_VISITS) {
      visit.refuse().accept(crowded());
    } else {
      visits.add(visit);
    }
  }

  Feed feed() {
    return feed;
  }

  LogReader log() {
    return log;
  }

  FeedSubscribers subscribers() {
    return subscribers;
  }

  /** Does what has to be done now and then. */
  void tick() {
    context.metrics().lag(follower.lag());
    follower.flush();
    feed.sweep();
  }

  /** Whether nothing is under way and the store knows all that is here. */
  boolean settled() {
    return feed.quiet() && visits.isEmpty() && (feed.lost() || follower.idle());
  }

  /** Whether the feed may be forgotten: nobody uses it and nothing is under way. */
  boolean dispensable() {
    return settled() && subscribers.isEmpty();
  }

  /** Milliseconds since 1970 of its last use. */
  long lastUsedMillis() {
    return lastUsedMillis;
  }

  /** Stops asking the store for anything. */
  void end() {
    calls.end();
  }

  @Override
  public void recover() {
    calls.untilAnswered("recovery", this::readStore, this::recovered);
  }

  @Override
  public void fixStart(EpochStarts seen, EpochStarts next) {
    var epochs = context.stores().epochs();
    calls.untilAnswered(
        "start of the epoch",
        // A compare-and-set that timed out may have been done: only a serial read knows.
        () -> epochs.replace(id, seen, next).exceptionallyCompose(fault -> epochs.read(id)),
        now -> {
          feed.startKnown(now);
          admitVisits();
          follower.advance();
        });
  }

  @Override
  public void write(PendingAppend append) {
    Span span = context.trace().cqlWrite(append.traceparent());
    context
        .stores()
        .log()
        .write(id, append.row())
        .whenComplete((done, fault) -> {
          span.end();
          loop.execute(() -> written(append, fault));
        });
  }

  @Override
  public void writeAgain(PendingAppend append, Duration pause) {
    loop.schedule(() -> write(append), pause);
  }

  @Override
  public void settled(PendingAppend append) {
    subscribers.publish(append.entry(), append.traceparent());
    follower.advance();
  }

  @Override
  public void readBack(long belowSeq) {
    long first = Math.max(1, belowSeq - READ_BACK);
    calls.untilAnswered(
        "look for a retry's first try",
        () -> log.settled(id, feed.starts(), first, belowSeq - 1),
        feed::readBack);
  }

  private CompletionStage<Recovered> readStore() {
    FeedStores stores = context.stores();
    return stores
        .epochs()
        .read(id)
        .thenCombine(
            stores.heads().read(id),
            (starts, head) -> log.recover(id, starts, head, context.bounds().feed().tailEvents()))
        .thenCompose(stage -> stage);
  }

  private void recovered(Recovered found) {
    feed.recovered(found);
    follower.begin(found.head());
    admitVisits();
  }

  private void written(PendingAppend append, Throwable fault) {
    if (fault == null) {
      storeWrites(true, "");
      feed.durable(append);
    } else {
      storeWrites(false, fault.toString());
      context.metrics().writeFailed();
      feed.writeFailed(append);
    }
  }

  /** Says when writes begin to fail and when they succeed again, not each time. */
  private void storeWrites(boolean well, String fault) {
    if (well && writesFail) {
      logger.info("{}: rows are written again", id);
    } else if (!well && !writesFail) {
      logger.warn("{}: rows are not written, again and again until they are: {}", id, fault);
    }
    writesFail = !well;
  }

  private void admitVisits() {
    while (feed.readable() && !visits.isEmpty()) {
      visits.remove().enter().run();
    }
    if (feed.lost()) {
      visits.forEach(visit -> visit.refuse().accept(lost()));
      visits.clear();
      subscribers.refuseAll(Reason.REASON_UNAVAILABLE);
    }
  }

  private void used() {
    lastUsedMillis = context.clock().millis();
  }

  private static Refusal lost() {
    return Refuse.because(Reason.REASON_UNAVAILABLE)
        .message("another server owns this feed")
        .build();
  }

  private static Refusal crowded() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .message("too much waits for this feed to be read")
        .retryAfter(Duration.ofSeconds(1))
        .build();
  }
}
