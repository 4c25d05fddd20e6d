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
import chat.starling.channel.workspace.Reading;
import chat.starling.platform.refusal.Refuse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The acts on one workspace, turn by turn. Those of a turn are decided when the rows hold what all
 * events of the feed made of them, become the very next events or are decided anew, and are
 * answered once the rows hold those events too and all who are trusted go by them. Mostly a turn is
 * one act; those who come and go by themselves share one. Confined to the feed's loop.
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

  /** Of the turn: those that are being decided or written. */
  private final List<WaitingAct> current = new ArrayList<>();

  /** Of the turn: those that are to be decided anew. */
  private final List<WaitingAct> again = new ArrayList<>();

  ActQueue(Feed feed, Decisions decisions, Loop loop, Trust trust, Supplier<Refusal> notOwner) {
    this.feed = feed;
    this.decisions = decisions;
    this.loop = loop;
    this.trust = trust;
    this.notOwner = notOwner;
  }

  /**
   * A repetition waits with the first and takes no turn of its own: those who lose patience must
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
      waiting.add(act);
      advance();
    }
  }

  private @Nullable WaitingAct firstOf(WaitingAct act) {
    return Stream.of(current, again, waiting)
        .flatMap(some -> some.stream())
        .filter(act::repeats)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void advance() {
    if (!rowsAreComplete()) {
      return;
    }
    answerDone();
    if (!current.isEmpty()) {
      return;
    }
    again.reversed().forEach(waiting::addFirst);
    again.clear();
    if (!waiting.isEmpty()) {
      takeTurn();
      decide(List.copyOf(current));
    }
  }

  private void answerDone() {
    for (WaitingAct act : List.copyOf(current)) {
      AdministerResponse response = act.event();
      if (response != null
          && response.getSeq() <= feed.settledSeq()
          && trust.reached(response.getSeq(), this::advance)) {
        current.remove(act);
        act.answer().complete(response);
      }
    }
  }

  @Override
  public boolean isEmpty() {
    return current.isEmpty() && again.isEmpty() && waiting.isEmpty();
  }

  @Override
  public long known() {
    long known = feed.settledSeq();
    for (WaitingAct act : current) {
      AdministerResponse response = act.event();
      known = response == null ? known : Math.min(known, response.getSeq() - 1);
    }
    return known;
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
    List<WaitingAct> left = List.copyOf(current);
    current.clear();
    left.forEach(act -> act.refuse(act.event() == null ? notOwner.get() : outcomeUnknown()));
  }

  private boolean rowsAreComplete() {
    return feed.readable() && feed.quiet() && feed.lag(Follower.HISTORY) == 0;
  }

  private void takeTurn() {
    do {
      current.add(waiting.remove());
    } while (current.size() < MOST_TOGETHER && !waiting.isEmpty() && fits(waiting.peek()));
  }

  /** Whether the act may be decided on the same rows as all that are in the turn. */
  private boolean fits(WaitingAct next) {
    long actor = next.request().getActorId();
    return isOfActorAlone(current.getFirst())
        && isOfActorAlone(next)
        && current.stream().noneMatch(other -> other.request().getActorId() == actor);
  }

  private static boolean isOfActorAlone(WaitingAct act) {
    return Decisions.isOfActorAlone(act.request().getAct());
  }

  private void decide(List<WaitingAct> turn) {
    long at = feed.settledSeq();
    Reading reading = decisions.reading();
    CompletionStage<List<Decided>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (WaitingAct act : turn) {
      all =
          all.thenCombine(
              StoreCalls.asked(() -> decisions.decide(act.request(), act.traceparent(), reading))
                  .handle((decision, fault) -> new Decided(act, decision, fault)),
              (decided, next) -> {
                decided.add(next);
                return decided;
              });
    }
    var _ = all.thenAccept(decided -> loop.execute(() -> decided(decided, at)));
  }

  /** The events follow one another at once; each names the one that it has to be the next after. */
  private void decided(List<Decided> turn, long at) {
    long before = at;
    for (Decided one : turn) {
      if (current.contains(one.act()) && decided(one, before)) {
        before++;
      }
    }
    advance();
  }

  /** Whether the act is to become an event. */
  private boolean decided(Decided one, long before) {
    WaitingAct act = one.act();
    switch (one.decision()) {
      case null -> {
        current.remove(act);
        Throwable fault = one.fault();
        act.answer().completeExceptionally(fault == null ? new AssertionError() : fault);
        return false;
      }
      case Decision.Nothing(AdministerResponse response) -> {
        if (response.getSeq() == 0) {
          current.remove(act);
          act.answer().complete(response);
        } else {
          act.isEvent(response); // a former owner may have told nobody
        }
        return false;
      }
      case Decision.Change change -> {
        feed.append(
            Append.change(
                new WorkspaceChange(change.event(), before),
                new Reply(act, change.event().getMadeId())));
        return true;
      }
    }
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
      if (current.remove(act)) {
        act.refuse(refusal);
        loop.execute(ActQueue.this::advance);
      }
    }

    @Override
    public void outdated() {
      if (current.remove(act)) {
        again.add(act);
        loop.execute(ActQueue.this::advance);
      }
    }
  }
}
