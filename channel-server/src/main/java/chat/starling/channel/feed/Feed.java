package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * One feed in the hands of its owner: gives each append its seq at once, has the rows written in
 * flight together, and acks and publishes strictly in seq order what is durable.
 *
 * <p>To write, the owner needs a start for its epoch, fixed by compare-and-set on exactly the
 * starts it has read. A feed that was left clean may be read before that; in one that was left
 * otherwise somebody's late row could still arrive, so nothing is shown until the start is fixed.
 *
 * <p>Not safe for use by several threads; calls nobody but its {@link FeedEffects} and the replies.
 */
public final class Feed {

  private enum Phase {
    /** Starts, head and log are being read. */
    RECOVERING,
    /** Read and clean; no start of this epoch yet. */
    IDLE,
    /** The start of this epoch is on its way. */
    FIXING,
    /** Appends are taken. */
    OPEN,
    /** A later epoch has a start: this owner is not the owner any more. */
    LOST
  }

  private final FeedId id;
  private final long epoch;
  private final FeedBounds bounds;
  private final LongUnaryOperator nextMessageIdAfter;
  private final InstantSource clock;
  private final FeedEffects effects;
  private final FeedRefusals refusals;
  private final HotTail tail;
  private final NonceWindow nonces;
  private final RetrySearch search = new RetrySearch();
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private final ArrayDeque<PendingAppend> inFlight = new ArrayDeque<>();

  private Phase phase = Phase.RECOVERING;
  private boolean readable;
  private EpochStarts starts = EpochStarts.NONE;
  private long given;
  private long settled;
  private long followed;
  private long lastMessageId;
  private int joined;

  /**
   * A feed of which nothing is known yet; {@link #recovered} comes next.
   *
   * @param epoch the owner's
   * @param nextMessageIdAfter makes a new message id that is larger than its argument
   */
  public Feed(
      FeedId id,
      long epoch,
      FeedBounds bounds,
      LongUnaryOperator nextMessageIdAfter,
      InstantSource clock,
      FeedEffects effects) {
    this.id = id;
    this.epoch = epoch;
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
    starts = found.starts();
    given = settled = found.tail();
    followed = found.head().seq();
    lastMessageId = found.lastMessageId();
    load(found.recent());
    if (starts.last() > epoch) {
      lose();
    } else if (starts.startOf(epoch) > 0) {
      open();
    } else if (found.clean()) {
      phase = Phase.IDLE;
      readable = true;
      resume();
    } else {
      fix();
    }
  }

  private void load(List<FeedEntry> recent) {
    boolean whole = recent.isEmpty() || recent.getFirst().seq() == 1;
    tail.reset(recent.isEmpty() ? settled : recent.getFirst().seq() - 1, followed);
    nonces.reset(whole ? Long.MIN_VALUE : recent.getFirst().createdMillis());
    long now = clock.millis();
    for (FeedEntry entry : recent) {
      tail.add(entry);
      nonces.addNewer(entry, now);
    }
  }

  /**
   * Takes the starts as they are after the compare-and-set, whether or not it was done. A start of
   * this epoch at another seq comes from an earlier compare-and-set that landed late: what was read
   * since then is not the truth under it.
   */
  public void startKnown(EpochStarts now) {
    if (now.startOf(epoch) == given + 1) {
      starts = now;
      open();
    } else {
      phase = Phase.RECOVERING;
      effects.recover();
    }
  }

  /** Takes an append; its reply is called now or later, exactly once. */
  public void append(Append append) {
    if (phase == Phase.LOST) {
      append.reply().refused(refusals.notOwner());
    } else if (unanswered() >= bounds.maxWaiting() || settled - followed >= bounds.maxLag()) {
      append.reply().refused(refusals.overloaded());
    } else if (phase == Phase.RECOVERING || phase == Phase.FIXING) {
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
      fix();
    }
  }

  /** The row of this append is durable. */
  public void durable(PendingAppend append) {
    append.becameDurable();
    while (!inFlight.isEmpty() && inFlight.getFirst().durable()) {
      settle(inFlight.removeFirst());
    }
  }

  /** Whether the row became durable is not known: it is written again until the store answers. */
  public void writeFailed(PendingAppend append) {
    effects.writeAgain(append, bounds.backoff(append.failedAgain()));
  }

  /** The followers have everything up to this seq. */
  public void followed(long seq) {
    followed = seq;
    tail.followed(seq);
  }

  /** Takes the true entries right below the seq asked for, in rising order; none when none live. */
  public void readBack(List<FeedEntry> entries) {
    long oldest = clock.millis() - bounds.nonceWindow().toMillis();
    if (search.take(entries, oldest, nonces, this::answer)) {
      effects.readBack(search.below());
      return;
    }
    RetrySearch.Rest rest = search.end(nonces);
    rest.unfound().forEach(retry -> append(retry.searched()));
    rest.late().forEach(this::append);
  }

  /** Lets go of what is too old to be asked for. */
  public void sweep() {
    nonces.trim(clock.millis());
  }

  /** Whether what the feed holds may be shown. */
  public boolean readable() {
    return readable;
  }

  /** Whether another owner has taken the feed over. */
  public boolean lost() {
    return phase == Phase.LOST;
  }

  /** Whether no append waits for anything. */
  public boolean quiet() {
    return unanswered() == 0 && (phase == Phase.IDLE || phase == Phase.OPEN || lost());
  }

  /** The last acked seq. */
  public long settledSeq() {
    return settled;
  }

  /** The starts under which the log is to be read. */
  public EpochStarts starts() {
    return starts;
  }

  /** The newest acked entries. */
  public HotTail tail() {
    return tail;
  }

  private void search(Append append) {
    if (search.running()) {
      search.later(append);
      return;
    }
    search.begin(append, nonces.firstSeq(given + 1), nonces);
    effects.readBack(search.below());
  }

  private void fix() {
    phase = Phase.FIXING;
    var start = new EpochStarts.Start(epoch, given + 1, clock.millis());
    effects.fixStart(starts, starts.with(start, bounds.retention()));
  }

  private void open() {
    phase = Phase.OPEN;
    readable = true;
    resume();
  }

  private void resume() {
    List<Append> turn = new ArrayList<>(waiting);
    waiting.clear();
    turn.forEach(this::append);
  }

  private void lose() {
    phase = Phase.LOST;
    readable = false;
    waiting.forEach(append -> append.reply().refused(refusals.notOwner()));
    waiting.clear();
  }

  private void accept(Append append) {
    lastMessageId = nextMessageIdAfter.applyAsLong(lastMessageId);
    FeedEntry entry = FeedEntry.post(id, ++given, lastMessageId, append);
    PendingAppend pending = new PendingAppend(append, entry, epoch);
    nonces.add(append, pending, clock.millis());
    inFlight.addLast(pending);
    effects.write(pending);
  }

  private void settle(PendingAppend pending) {
    settled = pending.entry().seq();
    joined -= pending.joined();
    tail.add(pending.entry());
    nonces.settled(pending);
    pending.ack();
    effects.settled(pending);
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
