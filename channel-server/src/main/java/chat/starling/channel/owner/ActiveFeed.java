package chat.starling.channel.owner;

import chat.starling.api.internal.v1.DeleteMessageRequest;
import chat.starling.api.v1.Reason;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.EpochStarts;
import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedEffects;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.Follower;
import chat.starling.channel.feed.LogReader;
import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.feed.PendingAppend;
import chat.starling.channel.feed.Recovered;
import chat.starling.channel.feed.Recovery;
import chat.starling.channel.feed.Tenure;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.workspace.Decisions;
import chat.starling.channel.workspace.InvitationCodes;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A feed that is awake: the {@link Feed} and what carries out its wishes, all on one loop. */
final class ActiveFeed implements FeedEffects {

  private static final Logger logger = LoggerFactory.getLogger(ActiveFeed.class);
  private static final int READ_BACK = 512;
  private static final Duration LEASE_POLL = Duration.ofMillis(20);

  private final FeedId id;
  private final FeedContext context;
  private final Loop loop;
  private final Feed feed;
  private final StoreCalls calls;
  private final long epoch;
  private final ShownLog log;
  private final Deletions deletions;
  private final Recovery recovery;
  private final MarkKeeper mark;
  private final RowWriter rows;
  private final Followers followers;
  private final FeedSubscribers subscribers;
  private final Visits visits;
  private final Acts acts;
  private final @Nullable Trust trust;
  private long lastUsedMillis;
  private boolean finishing;
  private boolean writesFail;
  private boolean awaitingLease;

  /**
   * A feed that is just waking.
   *
   * @param claimed when its shard was claimed, by the clock that measures
   */
  ActiveFeed(FeedId id, long epoch, long claimed, FeedContext context, Loop loop) {
    this.id = id;
    this.epoch = epoch;
    this.context = context;
    this.loop = loop;
    OwnerBounds bounds = context.bounds();
    FeedStores stores = context.stores();
    feed =
        new Feed(
            id,
            new Tenure(epoch, context.leaseValid(), () -> context.owners().notOwner(id)),
            bounds.feed(),
            context.mint()::nextAfter,
            context.clock(),
            this);
    calls = new StoreCalls(id, loop, bounds.feed());
    LogReader whole = new LogReader(stores.log());
    log = new ShownLog(id, feed, whole, stores.view());
    deletions = new Deletions(id, feed, stores.view(), loop);
    recovery =
        new Recovery(
            stores.epochs(), stores.heads(), whole, stores.marks(), bounds.feed().tailEvents());
    mark = new MarkKeeper(id, epoch, stores.marks(), context.stamps(), calls);
    rows = new RowWriter(id, stores.log(), context.trace(), loop, this::written);
    visits = new Visits(context.leaseValid());
    subscribers =
        new FeedSubscribers(
            id, epoch, feed, log, loop, bounds.maxReplay(), context.relays(), this::shown);
    if (id.kind() == FeedKind.WORKSPACE) {
      trust = new Trust(epoch, claimed, bounds.trust(), subscribers, context.ticks(), loop);
      acts = acts(stores, trust);
    } else {
      trust = null;
      acts = Acts.NONE;
    }
    followers = new Followers(id, feed, context, whole, calls, loop, this::viewed);
    used();
  }

  private ActQueue acts(FeedStores stores, Trust trusted) {
    return new ActQueue(
        feed,
        new Decisions(
            stores.workspaces(), context.mint()::next, InvitationCodes.SECURE, context.clock()),
        loop,
        trusted,
        () -> context.owners().notOwner(id));
  }

  /** Of a workspace subscribers hear what its rows hold. */
  private long shown() {
    return isWorkspace() ? feed.settledSeq() - feed.lag(Follower.HISTORY) : feed.settledSeq();
  }

  private void viewed(List<FeedEntry> run) {
    if (isWorkspace()) {
      run.forEach(entry -> subscribers.publish(entry, ""));
      acts.advance();
    }
  }

  private boolean isWorkspace() {
    return id.kind() == FeedKind.WORKSPACE;
  }

  void append(Append append) {
    used();
    feed.append(append);
  }

  /** Does an act on the workspace whose feed this is. */
  void act(WaitingAct act) {
    visit(new Visit(() -> acts.add(act), act::refuse));
  }

  /** Does something with the feed as soon as it may be shown. */
  void visit(Visit visit) {
    used();
    if (feed.lost()) {
      visit.refuse().accept(context.owners().notOwner(id));
    } else if (feed.readable()) {
      visits.admit(visit);
    } else {
      visits.add(visit);
    }
  }

  FeedId id() {
    return id;
  }

  Feed feed() {
    return feed;
  }

  /** The owner's epoch of the feed's shard. */
  long epoch() {
    return epoch;
  }

  /** The log as it may be shown. */
  ShownLog log() {
    return log;
  }

  /** Deletes a message of the feed, which may be shown; see {@link FeedOwner#delete}. */
  CompletionStage<Long> delete(DeleteMessageRequest request, String traceparent) {
    return deletions.delete(request, traceparent);
  }

  /** Subscribes from the event after a seq on, or from now on. */
  void subscribe(FeedSubscriber subscriber, OptionalLong afterSeq) {
    visit(
        new Visit(
            () -> {
              subscribers.add(subscriber, afterSeq);
              if (trust != null) {
                trust.joined(subscriber);
              }
            },
            refusal -> subscriber.refused(refusal.getReason())));
  }

  /**
   * Ends a subscription, also one that still waits.
   *
   * @param over the subscriber does not go by it any more; otherwise nobody knows
   */
  void unsubscribe(FeedSubscriber subscriber, boolean over) {
    Runnable end =
        () -> {
          subscribers.remove(subscriber);
          if (trust != null && over) {
            trust.left(subscriber);
            acts.advance();
          }
        };
    visit(new Visit(end, refusal -> end.run()));
  }

  /** A subscriber goes by all events of the workspace up to a seq. */
  void applied(FeedSubscriber subscriber, long seq, long askedAt) {
    if (trust != null) {
      visit(
          new Visit(
              () -> {
                applied(trust, subscriber, seq, askedAt);
                acts.advance();
              },
              refusal -> {}));
    }
  }

  private void applied(Trust trusted, FeedSubscriber subscriber, long seq, long askedAt) {
    if (finishing) { // the next owner may have the shard any moment
      trusted.heard(subscriber, seq);
    } else {
      trusted.applied(subscriber, seq, acts.known(), askedAt);
    }
  }

  /** Does what has to be done now and then. */
  void tick() {
    context.metrics().lag(feed.lag(Follower.HISTORY), feed.lag(Follower.OUTBOX));
    followers.flushHead();
    feed.tick();
  }

  /** Looks at the store's marks of the feed. */
  void lookAtMarks() {
    calls.untilAnswered("marks", () -> context.stores().marks().ofFeed(id), feed::marksFound);
  }

  /** Hurries the followers; whether they have everything. */
  boolean caughtUp() {
    followers.hurry();
    return followers.idle();
  }

  /** Takes nothing more; true once all that is in flight is acked. */
  boolean finish() {
    finishing = true;
    followers.hurry();
    acts.refuseWaiting();
    return feed.finish() && acts.isEmpty();
  }

  /** Whether nothing is under way, though followers may lag. */
  boolean quiet() {
    return feed.quiet() && visits.isEmpty() && acts.isEmpty();
  }

  /** Whether nothing is under way and no mark is left. */
  boolean clean() {
    return feed.clean() && visits.isEmpty() && acts.isEmpty() && followers.idle();
  }

  /** Whether nobody follows it live. */
  boolean unfollowed() {
    return subscribers.isEmpty() && (trust == null || trust.isEmpty());
  }

  /** Milliseconds since 1970 of its last use. */
  long lastUsedMillis() {
    return lastUsedMillis;
  }

  /** Lets the feed go: it is another server's. Nobody hears of it from here any more. */
  void lose() {
    end();
    feed.lose();
    acts.lose();
    visits.refuseAll(context.owners().notOwner(id));
    subscribers.refuseAll(Reason.REASON_NOT_OWNER);
  }

  /** Stops asking the store for anything. */
  void end() {
    calls.end();
    rows.end();
  }

  @Override
  public void recover() {
    calls.untilAnswered("recovery", () -> recovery.read(id), this::recovered);
  }

  @Override
  public void open(OpenMark wanted) {
    mark.open(wanted, () -> step(feed::marked));
  }

  @Override
  public void renew(OpenMark wanted) {
    mark.renew(wanted);
  }

  @Override
  public void close(List<Long> formerEpochs) {
    mark.close(formerEpochs);
  }

  @Override
  public void fixStart(EpochStarts seen, EpochStarts next) {
    var epochs = context.stores().epochs();
    calls.untilAnswered(
        "start of the epoch",
        // A compare-and-set that timed out may have been done: only a serial read knows.
        () -> epochs.replace(id, seen, next).exceptionallyCompose(fault -> epochs.read(id)),
        now -> step(() -> feed.startKnown(now)));
  }

  @Override
  public void write(PendingAppend append) {
    rows.write(append);
  }

  @Override
  public void writeAgain(PendingAppend append, Duration pause) {
    loop.schedule(
        () -> {
          if (!feed.lost()) {
            rows.write(append);
          }
        },
        pause);
  }

  @Override
  public void settled(PendingAppend append) {
    if (!isWorkspace()) {
      subscribers.publish(append.entry(), append.traceparent());
    }
    followers.advance();
    headMoved();
  }

  @Override
  public void awaitLease() {
    if (!awaitingLease) {
      awaitingLease = true;
      loop.schedule(
          () -> {
            awaitingLease = false;
            step(feed::leaseMayBeBack);
          },
          LEASE_POLL);
    }
  }

  @Override
  public void readBack(long belowSeq) {
    long first = Math.max(1, belowSeq - READ_BACK);
    calls.untilAnswered(
        "look for a retry's first try",
        () -> log.log().settled(id, feed.starts(), first, belowSeq - 1),
        feed::readBack);
  }

  private void recovered(Recovered found) {
    followers.begin(found); // whoever lets them go on must find them where the store left them
    step(() -> feed.recovered(found));
    if (!found.marks().isEmpty()) {
      visit(new Visit(this::headMoved, refusal -> {})); // whoever left it open may not have said it
    }
  }

  private void headMoved() {
    if (id.kind() == FeedKind.CHANNEL && feed.settledSeq() > 0) {
      context.heads().moved(id.id(), feed.settledSeq());
    }
  }

  /** Does something that may make the feed readable, and lets in who waited for that. */
  private void step(Runnable what) {
    what.run();
    if (feed.readable()) {
      visits.admitAll();
      followers.advance();
      acts.advance();
    } else if (feed.lost()) {
      acts.lose();
      visits.refuseAll(context.owners().notOwner(id));
      subscribers.refuseAll(Reason.REASON_NOT_OWNER);
    }
  }

  private void written(PendingAppend append, @Nullable Throwable fault) {
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

  private void used() {
    lastUsedMillis = context.clock().millis();
  }
}
