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
import chat.starling.platform.refusal.Refuse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The acts on one workspace, one after the other. Each is decided when the rows hold what all
 * events of the feed made of them, becomes the very next event or is decided anew, and is answered
 * once the rows hold that event too and all who are trusted go by it. Confined to the feed's loop.
 */
final class ActQueue implements Acts {

  private static final int MOST = 256;
  private static final int MOST_JOINED = 16;

  private final Feed feed;
  private final Decisions decisions;
  private final Loop loop;
  private final Trust trust;
  private final Supplier<Refusal> notOwner;
  private final ArrayDeque<WaitingAct> waiting = new ArrayDeque<>();
  private @Nullable WaitingAct current;
  private @Nullable AdministerResponse acked;

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
    if (current != null && act.repeats(current)) {
      return current;
    }
    return waiting.stream().filter(act::repeats).findFirst().orElse(null);
  }

  @Override
  public void advance() {
    if (!rowsAreComplete()) {
      return;
    }
    WaitingAct done = current;
    AdministerResponse response = acked;
    if (done != null
        && response != null
        && response.getSeq() <= feed.settledSeq()
        && trust.reached(response.getSeq(), this::advance)) {
      end();
      done.answer().complete(response);
    }
    if (current == null && !waiting.isEmpty()) {
      decide(waiting.remove());
    }
  }

  @Override
  public boolean isEmpty() {
    return current == null && waiting.isEmpty();
  }

  @Override
  public long known() {
    AdministerResponse response = acked;
    return response == null
        ? feed.settledSeq()
        : Math.min(feed.settledSeq(), response.getSeq() - 1);
  }

  @Override
  public void refuseWaiting() {
    waiting.forEach(act -> act.refuse(notOwner.get()));
    waiting.clear();
  }

  @Override
  public void lose() {
    refuseWaiting();
    WaitingAct left = current;
    if (left != null) {
      boolean known = acked == null;
      end();
      left.refuse(known ? notOwner.get() : outcomeUnknown());
    }
  }

  private boolean rowsAreComplete() {
    return feed.readable() && feed.quiet() && feed.lag(Follower.HISTORY) == 0;
  }

  private void decide(WaitingAct act) {
    current = act;
    acked = null;
    long at = feed.settledSeq();
    StoreCalls.asked(() -> decisions.decide(act.request(), act.traceparent()))
        .whenComplete((decision, fault) ->
            loop.execute(() -> {
              if (current == act) {
                decided(act, at, decision, fault);
              }
            }));
  }

  private void decided(
      WaitingAct act, long at, @Nullable Decision decision, @Nullable Throwable fault) {
    switch (decision) {
      case null -> {
        end();
        act.answer().completeExceptionally(fault == null ? new AssertionError() : fault);
        advance();
      }
      case Decision.Nothing(AdministerResponse response) -> {
        if (response.getSeq() == 0) {
          end();
          act.answer().complete(response);
        } else {
          acked = response; // a former owner may have told nobody
        }
        advance();
      }
      case Decision.Change change ->
          feed.append(
              Append.change(
                  new WorkspaceChange(change.event(), at),
                  new Reply(act, change.event().getMadeId())));
    }
  }

  private void end() {
    current = null;
    acked = null;
  }

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
      if (current == act) {
        acked = AdministerResponse.newBuilder().setSeq(result.seq()).setMadeId(madeId).build();
      }
    }

    @Override
    public void refused(Refusal refusal) {
      if (current == act) {
        end();
        act.refuse(refusal);
        loop.execute(ActQueue.this::advance);
      }
    }

    @Override
    public void outdated() {
      if (current == act) {
        end();
        waiting.addFirst(act);
        loop.execute(ActQueue.this::advance);
      }
    }
  }
}
