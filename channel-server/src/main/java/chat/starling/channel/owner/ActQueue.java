package chat.starling.channel.owner;

import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.Follower;
import chat.starling.channel.feed.WorkspaceChange;
import chat.starling.channel.workspace.Decision;
import chat.starling.channel.workspace.Decisions;
import chat.starling.channel.workspace.Turn;
import chat.starling.platform.refusal.Refuse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The acts on one workspace, turn by turn. All that wait are decided together when the rows hold
 * what all events of the feed made of them, become the very next events one after the other, or are
 * decided anew. The next turn begins when the rows hold those events too; the answers wait until
 * all who are trusted go by them. Confined to the feed's loop.
 */
final class ActQueue implements Acts {

  private static final int MOST = 256;
  private static final int MOST_JOINED = 16;
  private static final int MOST_TOGETHER = 64;

  private final Feed feed;
  private final Decisions decisions;
  private final Loop loop;
  private final Trust trust;
  private final Supplier<Refusal> notOwner;
  private final ArrayDeque<WaitingAct> waiting = new ArrayDeque<>();

  /** Of the turn: those that are being decided. */
  private final List<WaitingAct> turn = new ArrayList<>();

  /** Of the turn: those that are to be decided anew. */
  private final List<WaitingAct> again = new ArrayList<>();

  /** Of this turn and those before it. */
  private final DecidedActs decided = new DecidedActs();

  private long came;

  ActQueue(Feed feed, Decisions decisions, Loop loop, Trust trust, Supplier<Refusal> notOwner) {
    this.feed = feed;
    this.decisions = decisions;
    this.loop = loop;
    this.trust = trust;
    this.notOwner = notOwner;
  }

  /**
   * A repetition waits with the first and takes no place of its own: those who lose patience must
   * not make the queue longer.
   */
  @Override
  public void add(WaitingAct act) {
    WaitingAct first = firstOf(act);
    if (first == null ? waiting.size() >= MOST : first.joined() >= MOST_JOINED) {
      act.refuse(overloaded());
    } else if (first != null) {
      first.join(act);
    } else {
      act.cameAs(++came);
      waiting.add(act);
      advance();
    }
  }

  private @Nullable WaitingAct firstOf(WaitingAct act) {
    return Stream.of(turn.stream(), decided.stream(), again.stream(), waiting.stream())
        .flatMap(some -> some)
        .filter(act::repeats)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void advance() {
    answer();
    if (turn.isEmpty() && rowsAreComplete() && decided.size() < MOST) {
      again.sort(Comparator.comparingLong(WaitingAct::number));
      again.reversed().forEach(waiting::addFirst);
      again.clear();
      if (!waiting.isEmpty()) {
        takeTurn();
        decide(List.copyOf(turn));
      }
    }
  }

  private void answer() {
    long shown = feed.settledSeq() - feed.lag(Follower.HISTORY);
    decided.answerUpTo(Math.min(shown, trust.reached()));
    long first = decided.firstSeq();
    if (first > 0 && first <= shown) {
      trust.await(first, shown, this::advance);
    }
  }

  @Override
  public boolean isEmpty() {
    return turn.isEmpty() && again.isEmpty() && waiting.isEmpty() && decided.isEmpty();
  }

  @Override
  public long known() {
    return decided.known(feed.settledSeq());
  }

  @Override
  public void refuseWaiting() {
    List<WaitingAct> undecided = new ArrayList<>(again);
    undecided.addAll(waiting);
    again.clear();
    waiting.clear();
    undecided.forEach(act -> act.refuse(notOwner.get()));
  }

  @Override
  public void lose() {
    refuseWaiting();
    List<WaitingAct> undecided = List.copyOf(turn);
    turn.clear();
    undecided.forEach(act -> act.refuse(notOwner.get()));
    decided
        .takeAll()
        .forEach(act -> act.refuse(act.changesNothing() ? notOwner.get() : outcomeUnknown()));
  }

  private boolean rowsAreComplete() {
    return feed.readable() && feed.quiet() && feed.lag(Follower.HISTORY) == 0;
  }

  private void takeTurn() {
    while (turn.size() < MOST_TOGETHER && !waiting.isEmpty()) {
      turn.add(waiting.remove());
    }
  }

  private void decide(List<WaitingAct> acts) {
    long at = feed.settledSeq();
    Turn deciding = decisions.turn(acts.getFirst().request().getWorkspaceId(), at);
    CompletionStage<List<Decided>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (WaitingAct act : acts) {
      all =
          all.thenCombine(
              StoreCalls.asked(() -> deciding.decide(act.request(), act.traceparent()))
                  .handle((decision, fault) -> new Decided(act, decision, fault)),
              (before, next) -> {
                before.add(next);
                return before;
              });
    }
    var _ = all.thenAccept(results -> loop.execute(() -> decided(results, at)));
  }

  /** The events follow one another at once; each names the one that it has to be the next after. */
  private void decided(List<Decided> results, long at) {
    long before = at;
    for (Decided one : results) {
      WaitingAct act = one.act();
      if (!turn.remove(act)) {
        continue; // the feed was lost meanwhile
      }
      if (!again.isEmpty() || one.decision() instanceof Decision.Later) {
        again.add(act);
      } else {
        decided.add(act);
        before += decided(act, one, before);
      }
    }
    advance();
  }

  /** How many events the act is to become. */
  private int decided(WaitingAct act, Decided one, long before) {
    switch (one.decision()) {
      case Decision.Change change -> {
        act.isWritten();
        feed.append(
            Append.change(
                new WorkspaceChange(change.event(), before),
                new Reply(act, change.event().getMadeId())));
        return 1;
      }
      case Decision.Nothing(AdministerResponse response) -> act.isNothing(response);
      case null, default -> {
        Throwable fault = one.fault();
        act.isRefused(fault == null ? new AssertionError("no decision") : fault);
      }
    }
    return 0;
  }

  /** What was decided behind an act that has become no event counts for nothing. */
  private void withdraw(WaitingAct act) {
    for (WaitingAct later : decided.takeNothingsAfter(act)) {
      later.isUndecided();
      again.add(later);
    }
    decided.remove(act);
    loop.execute(this::advance);
  }

  /** What became of the decision on one act of a turn. */
  private record Decided(WaitingAct act, @Nullable Decision decision, @Nullable Throwable fault) {}

  private static Refusal overloaded() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .expected("at most " + MOST + " acts waiting in one workspace")
        .message("too many acts on this workspace wait")
        .retryAfter(Duration.ofSeconds(1))
        .build();
  }

  private static Refusal outcomeUnknown() {
    return Refuse.because(Reason.REASON_TIMEOUT)
        .message("the workspace went to another server before the act was answered")
        .build();
  }

  /** What the feed answers to an act that has become an event, or has not. */
  private final class Reply implements AppendReply {
    private final WaitingAct act;
    private final long madeId;

    Reply(WaitingAct act, long madeId) {
      this.act = act;
      this.madeId = madeId;
    }

    @Override
    public void acked(Appended result) {
      act.isEvent(AdministerResponse.newBuilder().setSeq(result.seq()).setMadeId(madeId).build());
    }

    @Override
    public void refused(Refusal refusal) {
      withdraw(act);
      act.refuse(refusal);
    }

    @Override
    public void outdated() {
      withdraw(act);
      act.isUndecided();
      again.add(act);
    }
  }
}
