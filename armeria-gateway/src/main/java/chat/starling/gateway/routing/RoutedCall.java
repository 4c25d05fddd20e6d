package chat.starling.gateway.routing;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One call that is put to one server after another until somebody answers it or its time is over.
 * Confined to its lane, but for {@link #answer}.
 *
 * <p>NOT_OWNER, UNAVAILABLE and TIMEOUT are tried again with backoff, though NOT_OWNER leads to
 * another server at once, but not twice without a wait between: two may name each other. Every
 * other answer is the caller's. An attempt whose server has left the ring is given up at once.
 */
final class RoutedCall<T> {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Lane lane;
  private final CallLimits limits;
  private final CallCounters counters;
  private final Route route;
  private final boolean changes;
  private final Attempts<T> attempts;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private boolean started;
  private long start;
  private int tries;
  private int asks;
  private boolean mayBeDone;
  private boolean hopped;
  private @Nullable Peer asked;
  private @Nullable CompletableFuture<T> attempt;
  private Runnable callOff = () -> {};

  /**
   * @param changes whether the call changes something, so that it matters if it was done
   */
  RoutedCall(
      Lane lane,
      CallLimits limits,
      CallCounters counters,
      Route route,
      boolean changes,
      Attempts<T> attempts) {
    this.lane = lane;
    this.limits = limits;
    this.counters = counters;
    this.route = route;
    this.changes = changes;
    this.attempts = attempts;
  }

  /**
   * Completes on the lane. Fails with the refusal of whoever answered; with TIMEOUT when the time
   * is over and it may have been done; else with UNAVAILABLE. Never with NOT_OWNER.
   */
  CompletableFuture<T> answer() {
    return answer;
  }

  /** The thread of this call. */
  Lane lane() {
    return lane;
  }

  /** Begins; once. */
  void start() {
    started = true;
    start = lane.nanos();
    ask();
  }

  /** There is a newer view. */
  void ringChanged() {
    boolean answered = answer.isDone() || (attempt != null && attempt.isDone());
    if (!started || answered || isUpToDate()) {
      return;
    }
    giveUp();
    callOff.run();
    tries = 0;
    again();
  }

  private boolean isUpToDate() {
    if (asked == null) {
      return false;
    }
    return attempt == null ? route.isNext(asked) : route.isRight(asked);
  }

  private void giveUp() {
    CompletableFuture<T> last = attempt;
    if (last != null) {
      attempt = null;
      mayBeDone = true;
      last.cancel(true);
    }
  }

  private void again() {
    counters.retried();
    ask();
  }

  private void ask() {
    Duration left = left();
    if (left.isZero()) {
      answer.completeExceptionally(timeIsOver());
      return;
    }
    asked = route.next();
    if (asked == null) {
      pause(Backoff.AWAY);
      return;
    }
    try {
      Duration patience = left.compareTo(limits.attempt()) < 0 ? left : limits.attempt();
      CompletableFuture<T> asking = attempts.ask(asked, mayBeDone, patience);
      attempt = asking;
      int number = ++asks;
      var _ =
          asking.whenComplete((result, fault) -> lane.execute(() -> ended(number, result, fault)));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private void ended(int number, @Nullable T result, @Nullable Throwable fault) {
    if (number != asks || attempt == null) {
      return;
    }
    attempt = null;
    if (result != null) {
      if (asked != null) {
        route.answered(asked);
      }
      answer.complete(result);
    } else {
      failed(fault instanceof CompletionException wrapped ? wrapped.getCause() : fault);
    }
  }

  private void failed(@Nullable Throwable fault) {
    Reason reason =
        fault instanceof RefusedException refused ? refused.reason() : Reason.REASON_INTERNAL;
    switch (reason) {
      case REASON_NOT_OWNER -> notOwner(fault);
      case REASON_UNAVAILABLE, REASON_STOPPING -> away();
      case REASON_TIMEOUT -> {
        mayBeDone = true;
        away();
      }
      default ->
          answer.completeExceptionally(
              fault != null ? fault : new IllegalStateException("an answer without a result"));
    }
  }

  private void notOwner(@Nullable Throwable fault) {
    counters.notOwner();
    boolean elsewhere =
        asked != null
            && fault instanceof RefusedException refused
            && route.notOwner(asked, refused.refusal().getExpected());
    if (elsewhere && !hopped) {
      hopped = true;
      again();
    } else {
      pause(Backoff.MOVING);
    }
  }

  private void away() {
    if (asked != null) {
      route.failed(asked);
    }
    pause(Backoff.AWAY);
  }

  private void pause(Backoff backoff) {
    hopped = false;
    Duration wait = backoff.wait(tries++, lane.random());
    Duration left = left();
    callOff = lane.after(wait.compareTo(left) < 0 ? wait : left, this::again);
  }

  private Duration left() {
    Duration left = limits.whole().minusNanos(lane.nanos() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private RefusedException timeIsOver() {
    if (changes && mayBeDone) {
      return Refuse.because(Reason.REASON_TIMEOUT)
          .message("no channel server answered in time; whether it was done is not known")
          .toException();
    }
    return Refuse.because(Reason.REASON_UNAVAILABLE)
        .retryAfter(RETRY_AFTER)
        .message("no channel server that could answer was reachable in time")
        .toException();
  }
}
