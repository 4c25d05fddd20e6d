package chat.starling.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.ClientFrame.FrameCase;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OutboxTest extends SessionFixture {
  private static final ByteString SECOND = ByteString.copyFromUtf8("fedcba9876543210");

  @Test
  void send_unconnected_goesOutWithReady() {
    session.start(now);
    send(1, NONCE);
    assertThat(wire.frames).isEmpty();
    ready(false);
    assertThat(lastSend().getSend().getRetry()).isFalse();
  }

  @Test
  void send_connectionLost_isTriedAgainWithTheSameNonce() {
    start();
    send(1, NONCE);
    session.disconnect(now);
    pass(1_000);
    ready(true);
    assertThat(wire.frames(FrameCase.SEND)).hasSize(2);
    assertThat(lastSend().getSend().getNonce()).isEqualTo(NONCE);
    assertThat(lastSend().getSend().getRetry()).isTrue();
  }

  @Test
  void send_unanswered_isTriedAgainAfterATime() {
    start();
    send(1, NONCE);
    pass(Timing.ANSWER_MILLIS);
    pass(2_000);
    assertThat(wire.frames(FrameCase.SEND)).hasSize(2);
  }

  @Test
  void send_secondInTheSameChannel_waitsForTheFirst() {
    start();
    send(1, NONCE);
    send(1, SECOND);
    assertThat(wire.frames(FrameCase.SEND)).hasSize(1);
    ack(NONCE);
    assertThat(lastSend().getSend().getNonce()).isEqualTo(SECOND);
  }

  @Test
  void send_otherChannel_doesNotWait() {
    start();
    send(1, NONCE);
    send(2, SECOND);
    assertThat(wire.frames(FrameCase.SEND)).hasSize(2);
  }

  @Test
  void refusal_lasting_failsTheMessageAndTheNextGoes() {
    start();
    send(1, NONCE);
    send(1, SECOND);
    refuse(lastSend().getRef(), Reason.REASON_TEXT_EMPTY, 3);
    assertThat(recorder.reasonOf(NONCE)).isEqualTo(Reason.REASON_TEXT_EMPTY);
    assertThat(lastSend().getSend().getNonce()).isEqualTo(SECOND);
  }

  @Test
  void refusal_withRetryAfter_isTriedAgainNoSooner() {
    start();
    send(1, NONCE);
    Refusal refusal =
        Refusal.newBuilder()
            .setReason(Reason.REASON_OVERLOADED)
            .setStatus(8)
            .setRetryAfter(Duration.newBuilder().setSeconds(5))
            .build();
    take(ServerFrame.newBuilder().setRef(lastSend().getRef()).setRefusal(refusal));
    pass(4_999);
    assertThat(wire.frames(FrameCase.SEND)).hasSize(1);
    pass(1);
    assertThat(wire.frames(FrameCase.SEND)).hasSize(2);
  }

  @Test
  void refusal_rateLimited_keepsTheChannelsOrderAndLosesNothing() {
    start();
    send(1, NONCE);
    send(1, SECOND);
    refuseFor(900, lastSend());
    pass(900);
    assertThat(wire.frames(FrameCase.SEND)).hasSize(1);
    pass(100);
    assertThat(lastSend().getSend().getNonce()).isEqualTo(NONCE);
    assertThat(lastSend().getSend().getRetry()).isTrue();
    ack(NONCE);
    assertThat(lastSend().getSend().getNonce()).isEqualTo(SECOND);
    assertThat(recorder.failed).isEmpty();
  }

  @Test
  void send_pastTheBound_isRefusedHere() {
    start();
    for (int i = 0; i < 3; i++) {
      send(1, ByteString.copyFromUtf8("nonce " + i));
    }
    assertThat(session.send(1, NONCE, "text", "", now))
        .hasValueSatisfying(
            refusal -> assertThat(refusal.getReason()).isEqualTo(Reason.REASON_OVERLOADED));
    assertThat(recorder.failed).isEmpty();
  }

  @Test
  void send_unansweredLongerThanANonceIsKnown_failsAsUnknown() {
    start();
    send(1, NONCE);
    session.disconnect(now);
    pass(Timing.PATIENCE_MILLIS - 1);
    assertThat(recorder.failed).isEmpty();
    pass(1);
    assertThat(recorder.reasonOf(NONCE)).isEqualTo(Reason.REASON_TIMEOUT);
  }

  @Test
  void send_neverTried_isKept() {
    session.start(now);
    send(1, NONCE);
    pass(Timing.PATIENCE_MILLIS * 3);
    assertThat(recorder.failed).isEmpty();
  }

  @Test
  void event_beforeTheAck_acksTheMessageAsItsEcho() {
    focus(1, OptionalLong.of(0));
    start();
    send(1, NONCE);
    take(ServerFrame.newBuilder().setEvent(event(1, 1, NONCE)));
    ack(NONCE);
    assertThat(recorder.sent.get(NONCE)).isNotNull().returns(1L, Sent::getMessageId);
    assertThat(recorder.echoes).containsExactly(true);
  }

  @Test
  void event_afterTheAck_isStillTheEcho() {
    focus(1, OptionalLong.of(0));
    start();
    send(1, NONCE);
    ack(NONCE);
    take(ServerFrame.newBuilder().setEvent(event(1, 1, NONCE)));
    assertThat(recorder.echoes).containsExactly(true);
  }

  @Test
  void send_traceparent_travelsInTheFrame() {
    start();
    session.send(1, NONCE, "text", "00-trace-span-01", now);
    assertThat(lastSend().getTraceparent()).isEqualTo("00-trace-span-01");
  }

  private void refuseFor(int millis, ClientFrame send) {
    Refusal refusal =
        Refusal.newBuilder()
            .setReason(Reason.REASON_RATE_LIMITED)
            .setStatus(8)
            .setRetryAfter(Duration.newBuilder().setNanos(millis * 1_000_000))
            .build();
    take(ServerFrame.newBuilder().setRef(send.getRef()).setRefusal(refusal));
  }

  private void send(long channel, ByteString nonce) {
    assertThat(session.send(channel, nonce, "text", "", now)).isEmpty();
  }

  private void ack(ByteString nonce) {
    Sent sent = Sent.newBuilder().setChannelId(1).setNonce(nonce).setSeq(1).setMessageId(1).build();
    take(ServerFrame.newBuilder().setSent(sent));
  }

  private ClientFrame lastSend() {
    return wire.last(FrameCase.SEND);
  }
}
