package chat.starling.channel.feed;

import chat.starling.api.v1.Refusal;
import chat.starling.platform.ids.FeedId;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

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

  private enum Phase {
    /** Starts, head, log and marks are being read. */
    RECOVERING,
    /** Nothing is going on: no mark of this epoch. */
    CLEAN,
    /** The mark of this epoch is on its way. */
    MARKING,
    /** The start of this epoch is on its way. */
    FIXING,
    /** Appends are taken. */
    OPEN,
    /** This server is not the owner any more. */
    LOST
  }

  private final FeedId id;
  private final Tenure tenure;
  private final FeedBounds bounds;
  private final LongUnaryOperator nextMessageIdAfter;
  private final InstantSource clock;
  private final FeedEffects effects;
  private final FeedRefusals refusals;
  private final HotTail tail;
  private final Progress progress = new Progress();
  private final NonceWindow nonces;
  private final RetrySearch search = new RetrySearch();
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private final ArrayDeque<PendingAppend> inFlight = new ArrayDeque<>();

  private Phase phase = Phase.RECOVERING;
  private boolean readable;
  private boolean finishing;
  private @Nullable Runnable untilValid;
  private EpochStarts starts = EpochStarts.NONE;
  private List<Long> formerMarks = List.of();
  private long given;
  private long givenAtTick;
  private long settled;
  private long lastMessageId;
  private int joined;

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
    this.nonces = new NonceWindow(bounds);
  }

  /** Takes what the store holds. */
  public void recovered(Recovered found) {
    if (phase == Phase.LOST) {
      return;
    }
    starts = found.starts();
    given = givenAtTick = settled = found.tail();
    lastMessageId = found.lastMessageId();
    progress.begin(found);
    formerMarks = found.markedEpochs().stream().filter(e -> e != tenure.epoch()).toList();
    load(found.recent());
    if (found.lastEpoch() > tenure.epoch()) {
      lose();
    } else if (found.clean()) {
      whenValid(this::leftClean);
    } else {
      mark();
    }
  }

  private void load(List<FeedEntry> recent) {
    // Rows live longer than nonces: where none is left, no nonce is either.
    boolean whole = recent.isEmpty() || recent.getFirst().seq() == 1;
    tail.reset(recent.isEmpty() ? settled : recent.getFirst().seq() - 1, progress.history());
    nonces.reset(whole ? Long.MIN_VALUE : recent.getFirst().createdMillis());
    long now = clock.millis();
    for (FeedEntry entry : recent) {
      tail.add(entry);
      nonces.addNewer(entry, now);
    }
  }

  private void leftClean() {
    phase = Phase.CLEAN;
    readable = true;
    resume();
  }

  /** Action Open of docs/spec/Feed.tla. */
  private void mark() {
    phase = Phase.MARKING;
    effects.open(progress.mark(tenure.epoch()));
  }

  /** This epoch's mark is durable. Action Marked of docs/spec/Feed.tla. */
  public void marked() {
    if (phase != Phase.MARKING) {
      return;
    }
    if (starts.startOf(tenure.epoch()) > 0) {
      reopen();
      return;
    }
    phase = Phase.FIXING;
    var start = new EpochStarts.Start(tenure.epoch(), given + 1, clock.millis());
    effects.fixStart(starts, starts.with(start, bounds.retention()));
  }

  /** Opens again under a start that is fixed; what was not shown before needs the lease. */
  private void reopen() {
    if (readable) {
      opened();
    } else {
      whenValid(this::opened);
    }
  }

  /**
   * Takes the starts as they are after the compare-and-set, whether or not it was done. A start of
   * this epoch at another seq comes from an earlier compare-and-set that landed late: what was read
   * since then is not the truth under it. Action Fixed of docs/spec/Feed.tla.
   */
  public void startKnown(EpochStarts now) {
    if (phase != Phase.FIXING) {
      return;
    }
    if (now.startOf(tenure.epoch()) == given + 1) {
      starts = now;
      whenValid(this::opened);
    } else {
      phase = Phase.RECOVERING;
      effects.recover();
    }
  }

  private void opened() {
    phase = Phase.OPEN;
    readable = true;
    resume();
  }

  /** Takes an append; its reply is called now or later, exactly once. */
  public void append(Append append) {
    if (phase == Phase.LOST || finishing) {
      append.reply().refused(tenure.notOwner().get());
    } else if (unanswered() >= bounds.maxWaiting()
        || settled - progress.history() >= bounds.maxLag()) {
      append.reply().refused(refusals.overloaded());
    } else if (phase != Phase.CLEAN && phase != Phase.OPEN) {
      waiting.add(append);
    } else if (!answeredFromMemory(append)) {
      admit(append);
    }
  }

  private void admit(Append append) {
    if (append.retry() && !nonces.complete(clock.millis())) {
      search(append);
    } else if (phase == Phase.OPEN) {
      accept(append);
    } else {
      waiting.add(append);
      mark();
    }
  }

  /** Action Send of docs/spec/Feed.tla. */
  private void accept(Append append) {
    lastMessageId = nextMessageIdAfter.applyAsLong(lastMessageId);
    FeedEntry entry = FeedEntry.post(id, ++given, lastMessageId, append);
    PendingAppend pending = new PendingAppend(append, entry, tenure.epoch());
    nonces.add(append, pending, clock.millis());
    inFlight.addLast(pending);
    effects.write(pending);
  }

  /** The row of this append is durable. */
  public void durable(PendingAppend append) {
    append.becameDurable();
    settleDurable();
  }

  private void settleDurable() {
    if (phase == Phase.LOST || inFlight.isEmpty() || !inFlight.getFirst().durable()) {
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
    joined -= pending.joined();
    tail.add(pending.entry());
    nonces.settled(pending);
    pending.ack();
    effects.settled(pending);
  }

  /** Whether the row became durable is not known: it is written again until the store answers. */
  public void writeFailed(PendingAppend append) {
    if (phase != Phase.LOST) {
      effects.writeAgain(append, bounds.backoff(append.failedAgain()));
    }
  }

  /** Does what waits for the lease, if it is valid again. */
  public void leaseMayBeBack() {
    Runnable step = untilValid;
    if (step != null) {
      untilValid = null;
      whenValid(step);
    }
    settleDurable();
  }

  private void whenValid(Runnable step) {
    if (tenure.valid().getAsBoolean()) {
      step.run();
    } else {
      untilValid = step;
      effects.awaitLease();
    }
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
    if (!search.running()) {
      return;
    }
    long oldest = clock.millis() - bounds.nonceWindow().toMillis();
    if (search.take(entries, oldest, nonces, this::answer)) {
      effects.readBack(search.below());
      return;
    }
    RetrySearch.Rest rest = search.end(nonces);
    rest.unfound().forEach(retry -> append(retry.searched()));
    rest.late().forEach(this::append);
  }

  /**
   * Does what has to be done now and then: lets go of what is too old to be asked for, and tells
   * the store of the followers' progress. A feed that took no append since the last time and whose
   * followers have everything is left clean.
   */
  public void tick() {
    nonces.trim(clock.millis());
    boolean silent = given == givenAtTick;
    givenAtTick = given;
    if (phase != Phase.OPEN || closeIf(silent)) {
      return;
    }
    if (progress.beyondMark()) {
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
    if (done && phase == Phase.OPEN) {
      closeIf(true);
    }
    return done;
  }

  /** Action Close of docs/spec/Feed.tla; false when it is not time. */
  private boolean closeIf(boolean silent) {
    boolean done = silent && unanswered() == 0 && progress.allAt(given);
    if (done) {
      phase = Phase.CLEAN;
      effects.close(formerMarks);
      formerMarks = List.of();
    }
    return done;
  }

  /** The feed is another server's: what is not acked is refused or left open. */
  public void lose() {
    phase = Phase.LOST;
    readable = false;
    refuseWaiting();
    Refusal unknown = refusals.outcomeUnknown();
    inFlight.forEach(pending -> pending.refuse(unknown));
    inFlight.clear();
    joined = 0;
  }

  private void refuseWaiting() {
    List<Append> refused = new ArrayList<>(waiting);
    waiting.clear();
    RetrySearch.Rest rest = search.end(nonces);
    refused.addAll(rest.unfound());
    refused.addAll(rest.late());
    refused.forEach(append -> append.reply().refused(tenure.notOwner().get()));
  }

  /**
   * Takes the marks that the store holds while the feed is awake. Those of former epochs came late,
   * and of a clean feed also this epoch's, whose removal was lost: nothing hangs on them any more,
   * and they go with the next closing, or at once.
   */
  public void marksFound(List<OpenMark> marks) {
    formerMarks =
        marks.stream().map(OpenMark::epoch).filter(epoch -> epoch < tenure.epoch()).toList();
    if (clean() && !marks.isEmpty()) {
      effects.close(formerMarks);
      formerMarks = List.of();
    }
  }

  /** Whether what the feed holds may be shown, as far as the lease is valid. */
  public boolean readable() {
    return readable;
  }

  /** Whether this server is not the owner any more. */
  public boolean lost() {
    return phase == Phase.LOST;
  }

  /** Whether the feed is as it was left: no mark of this epoch, nothing under way. */
  public boolean clean() {
    return phase == Phase.CLEAN && unanswered() == 0;
  }

  /** Whether no append waits for anything. */
  public boolean quiet() {
    return unanswered() == 0 && (phase == Phase.CLEAN || phase == Phase.OPEN || lost());
  }

  /** The last acked seq. */
  public long settledSeq() {
    return settled;
  }

  /** The id of the last event so far; 0 without events. */
  public long lastMessageId() {
    return lastMessageId;
  }

  /** The starts under which the log is to be read. */
  public EpochStarts starts() {
    return starts;
  }

  /** The newest acked entries. */
  public HotTail tail() {
    return tail;
  }

  /** Acked events that a follower lacks. */
  public long lag(Follower who) {
    return settled - (who == Follower.HISTORY ? progress.history() : progress.outbox());
  }

  private void search(Append append) {
    if (search.running()) {
      search.later(append);
      return;
    }
    search.begin(append, nonces.firstSeq(given + 1), nonces);
    effects.readBack(search.below());
  }

  private void resume() {
    List<Append> turn = new ArrayList<>(waiting);
    waiting.clear();
    turn.forEach(this::append);
  }

  private boolean answeredFromMemory(Append append) {
    NonceWindow.Seen first = nonces.find(append.key(), clock.millis());
    if (first != null) {
      answer(append, first);
    }
    return first != null;
  }

  private void answer(Append append, NonceWindow.Seen first) {
    PendingAppend pending = first.pending();
    if (!first.sameText(append.text())) {
      append.reply().refused(refusals.nonceReused());
    } else if (pending == null) {
      append.reply().acked(new Appended(first.seq(), first.messageId(), true));
    } else {
      joined++;
      pending.join(append.reply());
    }
  }

  private int unanswered() {
    return waiting.size() + inFlight.size() + search.waiting() + joined;
  }
}
