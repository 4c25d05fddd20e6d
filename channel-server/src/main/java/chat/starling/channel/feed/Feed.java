package chat.starling.channel.feed;

import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Opening.Phase;
import chat.starling.platform.ids.FeedId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * One feed in the hands of its owner: gives each append its seq at once, has the rows written in
 * flight together, and acks and publishes strictly in seq order what is durable, each only while
 * the owner's lease is valid by a check made after the store's answer.
 *
 * <p>To write, the owner puts its mark on the feed, waits until it is durable, and fixes a start
 * for its epoch by compare-and-set on exactly the starts it has read. A feed without marks was left
 * clean and may be read before that; in one that was left otherwise somebody's late row could still
 * arrive, so nothing is shown until the start is fixed. Once the followers have everything, the
 * mark is taken away and the feed is clean again.
 *
 * <p>Not safe for use by several threads; calls nobody but its {@link FeedEffects} and the replies.
 */
public final class Feed {

  private final FeedId id;
  private final Tenure tenure;
  private final FeedBounds bounds;
  private final LongUnaryOperator nextMessageIdAfter;
  private final InstantSource clock;
  private final FeedEffects effects;
  private final FeedRefusals refusals;
  private final HotTail tail;
  private final Progress progress = new Progress();
  private final Repetitions repetitions;
  private final Pace pace;
  private final Opening opening;
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private final ArrayDeque<PendingAppend> inFlight = new ArrayDeque<>();

  private boolean finishing;
  private long given;
  private long givenAtTick;
  private long settled;
  private long lastMessageId;

  /**
   * A feed of which nothing is known yet; {@link #recovered} comes next.
   *
   * @param nextMessageIdAfter makes a new message id that is larger than its argument
   */
  public Feed(
      FeedId id,
      Tenure tenure,
      FeedBounds bounds,
      LongUnaryOperator nextMessageIdAfter,
      InstantSource clock,
      FeedEffects effects) {
    this.id = id;
    this.tenure = tenure;
    this.bounds = bounds;
    this.nextMessageIdAfter = nextMessageIdAfter;
    this.clock = clock;
    this.effects = effects;
    this.refusals = new FeedRefusals(id, bounds);
    this.tail = new HotTail(bounds.tailEvents(), bounds.tailBytes());
    this.pace = new Pace(tail);
    this.repetitions = new Repetitions(refusals, bounds);
    this.opening = new Opening(tenure, bounds.retention(), clock, effects, progress, this::resume);
  }

  /** Takes what the store holds. */
  public void recovered(Recovered found) {
    if (lost()) {
      return;
    }
    given = givenAtTick = settled = found.tail();
    lastMessageId = found.lastMessageId();
    progress.begin(found);
    load(found.recent());
    if (!opening.recovered(found)) {
      lose();
    }
  }

  private void load(List<FeedEntry> recent) {
    tail.reset(recent.isEmpty() ? settled : recent.getFirst().seq() - 1, progress.history());
    recent.forEach(tail::add);
    repetitions.load(recent, clock.millis());
    pace.reset();
  }

  /** This epoch's mark is durable. */
  public void marked() {
    opening.marked();
  }

  /**
   * Takes the starts as they are after the compare-and-set, whether or not it was done. A start of
   * this epoch at another seq comes from an earlier compare-and-set that landed late: what was read
   * since then is not the truth under it.
   */
  public void startKnown(EpochStarts now) {
    opening.startKnown(now);
  }

  /** Takes an append; its reply is called now or later, exactly once. */
  public void append(Append append) {
    if (lost() || finishing) {
      append.reply().refused(tenure.notOwner().get());
    } else if (unanswered() >= bounds.maxWaiting()
        || settled - progress.history() >= bounds.maxLag()) {
      append.reply().refused(refusals.overloaded());
    } else if (!isSettledIn()) {
      waiting.add(append);
    } else if (!repetitions.answered(append, clock.millis())) {
      admit(append);
    }
  }

  private void admit(Append append) {
    if (repetitions.needsLog(append, clock.millis())) {
      search(append);
    } else if (opening.is(Phase.OPEN)) {
      accept(append);
    } else {
      waiting.add(append);
      opening.mark();
    }
  }

  private void search(Append append) {
    long below = repetitions.search(append, given + 1);
    if (below > 0) {
      effects.readBack(below);
    }
  }

  /** Action Send of docs/spec/Feed.tla. */
  private void accept(Append append) {
    if (append.isOutdated(given)) {
      append.reply().outdated();
      return;
    }
    long now = clock.millis();
    Optional<Refusal> early = early(append, now);
    if (early.isPresent()) {
      append.reply().refused(early.get());
      return;
    }
    lastMessageId = nextMessageIdAfter.applyAsLong(lastMessageId);
    FeedEntry entry = FeedEntry.of(id, ++given, lastMessageId, append);
    PendingAppend pending = new PendingAppend(append, entry, tenure.epoch());
    repetitions.given(append, pending, now);
    pace.given(append, now);
    inFlight.addLast(pending);
    effects.write(pending);
  }

  private Optional<Refusal> early(Append append, long now) {
    Duration slow = pace.slow(append, now);
    if (slow.isPositive()) {
      return Optional.of(refusals.slowMode(append.restraint().slowModeSeconds(), slow));
    }
    Duration mention = pace.mention(append, now);
    return mention.isPositive()
        ? Optional.of(refusals.mentioned(append.restraint().mentionSeconds(), mention))
        : Optional.empty();
  }

  /** The row of this append is durable. */
  public void durable(PendingAppend append) {
    append.becameDurable();
    settleDurable();
  }

  private void settleDurable() {
    if (lost() || inFlight.isEmpty() || !inFlight.getFirst().durable()) {
      return;
    }
    if (!tenure.valid().getAsBoolean()) {
      effects.awaitLease();
      return;
    }
    while (!inFlight.isEmpty() && inFlight.getFirst().durable()) {
      settle(inFlight.removeFirst());
    }
  }

  /** Action Ack of docs/spec/Feed.tla. */
  private void settle(PendingAppend pending) {
    settled = pending.entry().seq();
    tail.add(pending.entry());
    repetitions.settled(pending);
    pending.ack();
    effects.settled(pending);
  }

  /** Whether the row became durable is not known: it is written again until the store answers. */
  public void writeFailed(PendingAppend append) {
    if (!lost()) {
      effects.writeAgain(append, bounds.backoff(append.failedAgain()));
    }
  }

  /** Does what waits for the lease, if it is valid again. */
  public void leaseMayBeBack() {
    opening.leaseMayBeBack();
    settleDurable();
  }

  /** A follower has everything up to this seq. */
  public void followed(Follower who, long seq) {
    progress.followed(who, seq);
    if (who == Follower.HISTORY) {
      tail.followed(seq);
    }
  }

  /** The store has the head at this seq. */
  public void headWritten(long seq) {
    progress.headWritten(seq);
  }

  /** Takes the true entries right below the seq asked for, in rising order; none when none live. */
  public void readBack(List<FeedEntry> entries) {
    if (!repetitions.searching()) {
      return;
    }
    long below = repetitions.found(entries, clock.millis());
    if (below > 0) {
      effects.readBack(below);
      return;
    }
    RetrySearch.Rest rest = repetitions.endSearch();
    rest.unfound().forEach(retry -> append(retry.searched()));
    rest.late().forEach(this::append);
  }

  /**
   * Does what has to be done now and then: lets go of what is too old to be asked for, and tells
   * the store of the followers' progress. A feed that took no append since the last time and whose
   * followers have everything is left clean.
   */
  public void tick() {
    repetitions.trim(clock.millis());
    boolean silent = given == givenAtTick;
    givenAtTick = given;
    if (opening.is(Phase.OPEN) && !closeIf(silent) && progress.beyondMark()) {
      effects.renew(progress.mark(tenure.epoch()));
    }
  }

  /**
   * Takes nothing more; what is in flight goes on. Appends that have no seq yet are refused.
   *
   * @return whether nothing is in flight
   */
  public boolean finish() {
    finishing = true;
    refuseWaiting();
    boolean done = inFlight.isEmpty();
    if (done && opening.is(Phase.OPEN)) {
      closeIf(true);
    }
    return done;
  }

  /** Leaves the feed clean; false when it is not time. */
  private boolean closeIf(boolean silent) {
    boolean done = silent && unanswered() == 0 && progress.allAt(given);
    if (done) {
      opening.close();
    }
    return done;
  }

  /** The feed is another server's: what is not acked is refused or left open. */
  public void lose() {
    opening.lose();
    refuseWaiting();
    Refusal unknown = refusals.outcomeUnknown();
    inFlight.forEach(pending -> pending.refuse(unknown));
    inFlight.clear();
    repetitions.lost();
  }

  private void refuseWaiting() {
    List<Append> refused = new ArrayList<>(waiting);
    waiting.clear();
    RetrySearch.Rest rest = repetitions.endSearch();
    refused.addAll(rest.unfound());
    refused.addAll(rest.late());
    refused.forEach(append -> append.reply().refused(tenure.notOwner().get()));
  }

  /**
   * Takes the marks that the store holds while the feed is awake. Those of former epochs came late,
   * and of a clean feed also this epoch's, whose removal was lost. Once this epoch has a start
   * nothing hangs on them any more, and they go with the next closing, or at once; before that the
   * feed is opened, so that it gets one.
   */
  public void marksFound(List<OpenMark> marks) {
    opening.marksFound(marks, clean());
  }

  /** Whether what the feed holds may be shown, as far as the lease is valid. */
  public boolean readable() {
    return opening.readable();
  }

  /** Whether this server is not the owner any more. */
  public boolean lost() {
    return opening.is(Phase.LOST);
  }

  /** Whether the feed is as it was left: no mark of this epoch, nothing under way. */
  public boolean clean() {
    return opening.is(Phase.CLEAN) && unanswered() == 0;
  }

  /** Whether no append waits for anything. */
  public boolean quiet() {
    return unanswered() == 0 && (isSettledIn() || lost());
  }

  /** The last acked seq. */
  public long settledSeq() {
    return settled;
  }

  /** The starts under which the log is to be read. */
  public EpochStarts starts() {
    return opening.starts();
  }

  /** The newest acked entries. */
  public HotTail tail() {
    return tail;
  }

  /** Acked events that a follower lacks. */
  public long lag(Follower who) {
    return settled - (who == Follower.HISTORY ? progress.history() : progress.outbox());
  }

  private void resume() {
    List<Append> turn = new ArrayList<>(waiting);
    waiting.clear();
    turn.forEach(this::append);
  }

  /** Whether appends get their answers without waiting for the store to be read. */
  private boolean isSettledIn() {
    return opening.is(Phase.CLEAN) || opening.is(Phase.OPEN);
  }

  private int unanswered() {
    return waiting.size() + inFlight.size() + repetitions.waiting();
  }
}
