package chat.starling.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import com.google.protobuf.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconnectTest extends SessionFixture {
  @Test
  void closeNow_firstTime_reconnectsAtOnceThenBacksOff() {
    start();
    close(Close.newBuilder().setReconnect(ReconnectRule.RECONNECT_RULE_NOW));
    assertThat(recorder.lastDelay()).isBetween(240L, 250L);
    pass(250);
    assertThat(wire.hellos).hasSize(2);
    ready(true);
    close(Close.newBuilder().setReconnect(ReconnectRule.RECONNECT_RULE_NOW));
    assertThat(recorder.lastDelay()).isBetween(900L, 1000L);
  }

  @Test
  void closeNow_afterAStableSession_isTheFirstAgain() {
    start();
    close(Close.newBuilder().setReconnect(ReconnectRule.RECONNECT_RULE_NOW));
    pass(250);
    ready(true);
    pass(Timing.STABLE_MILLIS);
    close(Close.newBuilder().setReconnect(ReconnectRule.RECONNECT_RULE_NOW));
    assertThat(recorder.lastDelay()).isBetween(240L, 250L);
  }

  @Test
  void closeDelayed_retryAfter_waitsThatAndUpToAsMuchAgain() {
    start();
    close(
        Close.newBuilder()
            .setReconnect(ReconnectRule.RECONNECT_RULE_DELAYED)
            .setRetryAfter(Duration.newBuilder().setSeconds(7)));
    assertThat(recorder.lastDelay()).isBetween(13_900L, 14_000L);
    pass(13_000);
    assertThat(wire.hellos).hasSize(1);
    pass(1_000);
    assertThat(wire.hellos).hasSize(2);
  }

  @Test
  void closeNewToken_reconnect_asksForANewToken() {
    start();
    assertThat(wire.newToken).isFalse();
    close(Close.newBuilder().setReconnect(ReconnectRule.RECONNECT_RULE_NEW_TOKEN));
    pass(250);
    assertThat(wire.newToken).isTrue();
    ready(true);
    close(Close.newBuilder().setReconnect(ReconnectRule.RECONNECT_RULE_NOW));
    pass(1_000);
    assertThat(wire.newToken).isFalse();
  }

  @Test
  void closeNever_session_staysAwayUntilStartedAgain() {
    start();
    session.send(1, NONCE, "text", "", now);
    Refusal replaced =
        Refusal.newBuilder().setReason(Reason.REASON_SESSION_REPLACED).setStatus(10).build();
    close(Close.newBuilder().setReconnect(ReconnectRule.RECONNECT_RULE_NEVER).setRefusal(replaced));
    pass(3_600_000);
    assertThat(wire.hellos).hasSize(1);
    assertThat(wire.open).isFalse();
    assertThat(recorder.failed).containsKey(NONCE);
    assertThat(recorder.log).endsWith("stopped REASON_SESSION_REPLACED");
    session.start(now);
    assertThat(wire.hellos).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(CloseCode.class)
  void close_withoutARule_backsOff(CloseCode code) {
    if (code == CloseCode.UNRECOGNIZED) {
      return;
    }
    start();
    close(Close.newBuilder().setCode(code));
    assertThat(recorder.lastDelay()).isBetween(450L, 500L);
  }

  @Test
  void end_withoutAClose_doublesTheDelayUpToItsCeiling() {
    session.start(now);
    long before = 0;
    for (int i = 0; i < 12; i++) {
      session.ended(Refusals.unavailable("refused"), now);
      long delay = recorder.lastDelay();
      assertThat(delay).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(30_000);
      before = delay;
      pass(delay);
    }
    assertThat(before).isGreaterThan(29_000);
  }

  @Test
  void end_unauthenticatedTrailers_asksForANewToken() {
    session.start(now);
    session.ended(Refusal.newBuilder().setStatus(16).build(), now);
    pass(250);
    assertThat(wire.newToken).isTrue();
  }

  @Test
  void end_malformedTrailers_staysAway() {
    start();
    session.ended(
        Refusal.newBuilder().setStatus(3).setReason(Reason.REASON_MALFORMED).build(), now);
    assertThat(recorder.log).endsWith("stopped REASON_MALFORMED");
  }

  @Test
  void hello_afterEvents_carriesTokenCountAndCursors() {
    focus(5, OptionalLong.of(10));
    start();
    focused(wire.helloRef, 5, 10, false);
    events(5, 11, 13);
    events(5, 13, 13);
    session.disconnect(now);
    pass(1_000);
    assertThat(wire.lastHello().getSessionToken()).isEqualTo("token");
    assertThat(wire.lastHello().getEventsReceived()).isEqualTo(4);
    assertThat(wire.lastHello().getCursors(0).getSeq()).isEqualTo(13);
  }

  @Test
  void ready_notResumed_countsEventsFromZero() {
    focus(5, OptionalLong.of(10));
    start();
    events(5, 11, 13);
    session.disconnect(now);
    pass(1_000);
    ready(false);
    session.disconnect(now);
    pass(5_000);
    assertThat(wire.lastHello().getEventsReceived()).isZero();
  }

  @Test
  void server_silent_isLeftAfterIntervalAndGrace() {
    start();
    pass(16_000);
    assertThat(wire.frames).hasSize(1).allMatch(frame -> frame.hasHeartbeat());
    pass(8_999);
    assertThat(wire.open).isTrue();
    pass(1);
    assertThat(wire.open).isFalse();
  }

  @Test
  void handshake_unanswered_isGivenUp() {
    session.start(now);
    pass(Timing.HANDSHAKE_MILLIS);
    assertThat(wire.open).isFalse();
    assertThat(recorder.log).last().asString().startsWith("waiting");
  }
}
