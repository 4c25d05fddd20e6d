package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import org.junit.jupiter.api.Test;

class DecidedActsTest {

  private final DecidedActs acts = new DecidedActs();

  @Test
  void act_isAnswered_afterAllBeforeIt() {
    WaitingAct first = event(7);
    WaitingAct nothing = nothing();
    WaitingAct last = event(8);
    acts.answerUpTo(6);
    assertThat(nothing.answer()).isNotDone();
    acts.answerUpTo(7);
    assertThat(first.answer()).isCompletedWithValue(response(7));
    assertThat(nothing.answer()).isCompletedExceptionally();
    assertThat(last.answer()).isNotDone();
    assertThat(acts.stream()).containsExactly(last);
  }

  @Test
  void repetition_waitsForItsEvent_thatOthersMayKnowAlready() {
    WaitingAct repetition = added();
    repetition.isNothing(response(5));
    assertThat(acts.firstSeq()).isEqualTo(5);
    assertThat(acts.known(9)).isEqualTo(9);
    event(10);
    assertThat(acts.known(10)).isEqualTo(9);
    acts.answerUpTo(4);
    assertThat(repetition.answer()).isNotDone();
    acts.answerUpTo(5);
    assertThat(repetition.answer()).isCompletedWithValue(response(5));
  }

  @Test
  void whatIsBeingWritten_holdsBackWhatIsBehindIt() {
    WaitingAct written = added();
    written.isWritten();
    WaitingAct nothing = nothing();
    assertThat(acts.firstSeq()).isZero();
    acts.answerUpTo(Long.MAX_VALUE);
    assertThat(nothing.answer()).isNotDone();
    assertThat(acts.takeNothingsAfter(written)).containsExactly(nothing);
    assertThat(acts.stream()).containsExactly(written);
  }

  private WaitingAct event(long seq) {
    WaitingAct act = added();
    act.isEvent(response(seq));
    return act;
  }

  private WaitingAct nothing() {
    WaitingAct act = added();
    act.isRefused(new IllegalStateException("refused"));
    return act;
  }

  private WaitingAct added() {
    WaitingAct act = new WaitingAct(AdministerRequest.getDefaultInstance(), "");
    acts.add(act);
    return act;
  }

  private static AdministerResponse response(long seq) {
    return AdministerResponse.newBuilder().setSeq(seq).build();
  }
}
