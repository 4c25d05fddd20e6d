package chat.starling.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.ring.RingView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RoutedCallTest {

  private static final Duration WHOLE = Duration.ofSeconds(10);
  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final RingView VIEW = Rings.view(1, 0, 1);
  private static final long CHANNEL = Rings.channelOf(VIEW, 0);

  private final SimulatedLane lane = new SimulatedLane(1);
  private final KnownRing ring = new KnownRing();
  private final KnownOwners owners = new KnownOwners(ring);
  private final List<Ask> asks = new ArrayList<>();
  private final Counted counted = new Counted();
  private final Calls calls = new Calls(() -> lane, new CallLimits(WHOLE, ATTEMPT), counted);

  @Test
  void answer_ofTheOwner_isTheCallers() {
    var answer = append();
    assertThat(only().server).isEqualTo(Rings.peer(0));
    assertThat(only().again).isFalse();
    assertThat(only().patience).isEqualTo(ATTEMPT);
    only().answer.complete("done");
    lane.run();
    assertThat(answer).isCompletedWithValue("done");
    assertThat(calls.inFlight()).isZero();
    assertThat(counted.retries).isZero();
  }

  @Test
  void notOwner_namingAnother_asksThatOneAtOnceThenByTheViewAgain() {
    var answer = append();
    refuse(Reason.REASON_NOT_OWNER, Rings.address(1));
    lane.run();
    assertThat(last().server).isEqualTo(Rings.peer(1));
    assertThat(last().again).as("nothing was done").isFalse();
    refuse(Reason.REASON_NOT_OWNER, "");
    lane.run();
    assertThat(asks).as("no third at once").hasSize(2);
    lane.pass(Duration.ofMillis(15));
    assertThat(last().server).isEqualTo(Rings.peer(0));
    last().answer.complete("done");
    lane.run();
    assertThat(answer).isCompletedWithValue("done");
    assertThat(counted.notOwner).isEqualTo(2);
    assertThat(counted.retries).isEqualTo(2);
  }

  @Test
  void notOwner_forTheWholeTime_isUnavailableAndNeverNotOwner() {
    var answer = append();
    while (!answer.isDone()) {
      refuse(Reason.REASON_NOT_OWNER, "");
      lane.pass(Duration.ofMillis(10));
    }
    Refusal refusal = refusal(answer);
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_UNAVAILABLE);
    assertThat(refusal.hasRetryAfter()).isTrue();
    assertThat(asks).as("backoff goes up to a tenth of a second").hasSizeBetween(80, 140);
  }

  @Test
  void unavailable_isTriedAgainAsIfNothingHadBeenDone() {
    var answer = append();
    refuse(Reason.REASON_UNAVAILABLE, "");
    lane.pass(Duration.ofMillis(30));
    assertThat(asks).hasSize(2);
    assertThat(last().again).isFalse();
    last().answer.complete("done");
    lane.run();
    assertThat(answer).isCompletedWithValue("done");
  }

  @Test
  void attemptTimeout_isTriedAgainAsARetry() {
    var answer = append();
    refuse(Reason.REASON_TIMEOUT, "");
    lane.pass(Duration.ofMillis(30));
    assertThat(last().again).isTrue();
    refuse(Reason.REASON_UNAVAILABLE, "");
    lane.pass(Duration.ofMillis(60));
    assertThat(last().again).as("the first attempt is still open").isTrue();
    last().answer.complete("done");
    lane.run();
    assertThat(answer).isCompletedWithValue("done");
  }

  @Test
  void timeOver_appendMayBeDone_isTimeout() {
    var answer = append();
    refuse(Reason.REASON_TIMEOUT, "");
    while (!answer.isDone()) {
      lane.pass(Duration.ofMillis(10));
      refuse(Reason.REASON_UNAVAILABLE, "");
    }
    assertThat(refusal(answer).getReason()).isEqualTo(Reason.REASON_TIMEOUT);
  }

  @Test
  void timeOver_readMayBeDone_isUnavailable() {
    var answer = call(false);
    while (!answer.isDone()) {
      refuse(Reason.REASON_TIMEOUT, "");
      lane.pass(Duration.ofMillis(10));
    }
    assertThat(refusal(answer).getReason()).isEqualTo(Reason.REASON_UNAVAILABLE);
  }

  @Test
  void patience_nearTheEnd_isWhatIsLeft() {
    var answer = append();
    lane.pass(WHOLE.minusMillis(700));
    refuse(Reason.REASON_TIMEOUT, "");
    lane.pass(Duration.ofMillis(30));
    assertThat(last().patience).isBetween(Duration.ofMillis(670), Duration.ofMillis(690));
    lane.pass(Duration.ofSeconds(1));
    refuse(Reason.REASON_TIMEOUT, "");
    lane.pass(Duration.ofMillis(1));
    assertThat(refusal(answer).getReason()).isEqualTo(Reason.REASON_TIMEOUT);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "REASON_NOT_OWNER",
        "REASON_UNAVAILABLE",
        "REASON_STOPPING",
        "REASON_TIMEOUT",
        "UNRECOGNIZED"
      })
  void refusal_ofAnyOtherReason_isTheCallersAsItIs(Reason reason) {
    var answer = append();
    refuse(reason, "something else");
    lane.run();
    assertThat(refusal(answer).getReason()).isEqualTo(reason);
    assertThat(refusal(answer).getExpected()).isEqualTo("something else");
    assertThat(asks).hasSize(1);
  }

  @Test
  void ringChanged_ownerLeft_givesTheAttemptUpAtOnce() {
    var answer = append();
    Ask frozen = only();
    learn(Rings.view(2, 1));
    assertThat(frozen.answer).isCancelled();
    assertThat(last().server).isEqualTo(Rings.peer(1));
    assertThat(last().again).isTrue();
    last().answer.complete("done");
    lane.run();
    assertThat(answer).isCompletedWithValue("done");
  }

  @Test
  void ringChanged_ownerStays_attemptGoesOn() {
    var _ = append();
    learn(Rings.view(2, 0, 1));
    assertThat(only().answer).isNotDone();
  }

  @Test
  void ringChanged_ownerDrains_attemptGoesOn() {
    var answer = append();
    learn(VIEW.with(Rings.member(0, 1).draining()));
    assertThat(only().answer).isNotDone();
    only().answer.complete("done");
    lane.run();
    assertThat(answer).isCompletedWithValue("done");
  }

  @Test
  void ringChanged_whoAnsweredDrains_isAskedUntilItHasGivenTheShardUp() {
    var _ = append();
    only().answer.complete("done");
    lane.run();
    learn(VIEW.with(Rings.member(0, 1).draining()));
    var answer = calls.run(route(), true, this::ask);
    lane.run();
    assertThat(last().server).isEqualTo(Rings.peer(0));
    refuse(Reason.REASON_NOT_OWNER, "");
    lane.run();
    assertThat(last().server).as("by the view, at once").isEqualTo(Rings.peer(1));
    last().answer.complete("done");
    lane.run();
    assertThat(answer).isCompletedWithValue("done");
    var _ = calls.run(route(), true, this::ask);
    lane.run();
    assertThat(last().server).as("the next call knows").isEqualTo(Rings.peer(1));
  }

  @Test
  void unavailable_whoAnsweredBefore_isNotInsistedOn() {
    var _ = append();
    only().answer.complete("done");
    lane.run();
    learn(VIEW.with(Rings.member(0, 1).draining()));
    var _ = calls.run(route(), true, this::ask);
    lane.run();
    refuse(Reason.REASON_UNAVAILABLE, "");
    lane.pass(Duration.ofMillis(30));
    assertThat(last().server).isEqualTo(Rings.peer(1));
  }

  @Test
  void ringChanged_whileWaitingToTryAgain_asksTheNewOwnerAtOnce() {
    var _ = append();
    refuse(Reason.REASON_UNAVAILABLE, "");
    lane.run();
    learn(Rings.view(2, 1));
    assertThat(last().server).isEqualTo(Rings.peer(1));
    assertThat(asks).hasSize(2);
    lane.pass(Duration.ofSeconds(1));
    assertThat(asks).as("the wait was called off").hasSize(2);
  }

  @Test
  void ringChanged_newIncarnationAtTheSameAddress_isAskedAnew() {
    var _ = append();
    learn(new RingView(2, List.of(Rings.member(0, 2), Rings.member(1, 1))));
    assertThat(last().server).isEqualTo(Peer.of(Rings.member(0, 2)));
  }

  @Test
  void answer_ofAnAttemptGivenUp_isNotTaken() {
    var answer = append();
    Ask first = only();
    learn(Rings.view(2, 1));
    assertThat(first.answer.complete("late")).isFalse();
    lane.run();
    assertThat(answer).isNotDone();
  }

  @Test
  void ringUnknown_seedNamesTheOwner_isFollowed() {
    var answer = calls.run(route(), true, this::ask);
    lane.run();
    assertThat(last().server).isEqualTo(Rings.seed(7));
    refuse(Reason.REASON_NOT_OWNER, Rings.address(3));
    lane.run();
    assertThat(last().server).isEqualTo(Rings.seed(3));
    last().answer.complete("done");
    lane.run();
    assertThat(answer).isCompletedWithValue("done");
  }

  @Test
  void ringUnknown_nobodyReachable_isUnavailableWithARetryTime() {
    var answer = calls.run(route(), true, this::ask);
    lane.run();
    while (!answer.isDone()) {
      refuse(Reason.REASON_UNAVAILABLE, "");
      lane.pass(Duration.ofMillis(10));
    }
    assertThat(refusal(answer).getReason()).isEqualTo(Reason.REASON_UNAVAILABLE);
    assertThat(refusal(answer).hasRetryAfter()).isTrue();
  }

  @Test
  void ask_thatThrows_failsTheCall() {
    ring.offer(VIEW);
    CompletableFuture<String> answer =
        calls.run(
            route(),
            true,
            (server, again, patience) -> {
              throw new IllegalArgumentException("no host name");
            });
    lane.run();
    assertThat(answer).isCompletedExceptionally();
  }

  private CompletableFuture<String> append() {
    return call(true);
  }

  private CompletableFuture<String> call(boolean changes) {
    ring.offer(VIEW);
    var answer = calls.run(route(), changes, this::ask);
    lane.run();
    return answer;
  }

  private Route route() {
    return new OwnerRoute(
        ring,
        owners,
        new SpreadRoute(ring, List.of(Rings.seed(7)), peer -> true, 0),
        FeedId.channel(CHANNEL));
  }

  private CompletableFuture<String> ask(Peer server, boolean again, Duration patience) {
    Ask ask = new Ask(server, again, patience, new CompletableFuture<>());
    asks.add(ask);
    return ask.answer;
  }

  private void learn(RingView view) {
    ring.offer(view);
    calls.ringChanged();
    lane.run();
  }

  private void refuse(Reason reason, String expected) {
    var refused = Refuse.because(reason).expected(expected).toException();
    last().answer.completeExceptionally(refused);
  }

  private Ask only() {
    assertThat(asks).hasSize(1);
    return asks.getFirst();
  }

  private Ask last() {
    return asks.getLast();
  }

  private static Refusal refusal(CompletableFuture<String> answer) {
    var fault = catchThrowableOfType(CompletionException.class, answer::join);
    return ((RefusedException) Objects.requireNonNull(fault.getCause())).refusal();
  }

  private record Ask(
      Peer server, boolean again, Duration patience, CompletableFuture<String> answer) {}

  private static final class Counted implements CallCounters {

    int notOwner;
    int retries;

    @Override
    public void notOwner() {
      notOwner++;
    }

    @Override
    public void retried() {
      retries++;
    }
  }
}
