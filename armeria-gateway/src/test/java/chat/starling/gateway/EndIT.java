package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import chat.starling.platform.time.SystemTime;
import com.google.protobuf.util.Durations;
import io.grpc.Status;
import java.io.IOException;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How sessions end that nobody meant to end. Each test has a gateway of its own. */
class EndIT {

  @Test
  void heartbeats_stopped_closeTheStream() throws IOException {
    try (Stage stage =
        Stage.with(
            Map.of("session.heartbeat-interval", "200ms", "session.heartbeat-grace", "100ms"))) {
      Phone phone = Phone.connect(stage.client, stage.ada);
      assertThat(Durations.toMillis(phone.ready().getHeartbeatInterval())).isEqualTo(200);
      Close close = phone.close();
      assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_HEARTBEAT_MISSED);
      assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NOW);
      assertThat(phone.endCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void hello_neverSaid_closesTheStream() throws IOException {
    try (Stage stage =
        Stage.with(
            Map.of("session.heartbeat-interval", "200ms", "session.heartbeat-grace", "100ms"))) {
      Phone phone = Phone.dial(stage.client);
      assertThat(phone.close().getCode()).isEqualTo(CloseCode.CLOSE_CODE_HEARTBEAT_MISSED);
    }
  }

  @Test
  void token_overWhileConnected_closesForANewOne() throws IOException {
    try (Stage stage =
        Stage.with(Map.of("session.heartbeat-interval", "400ms", "auth.clock-skew", "0ms"))) {
      Date soon = Date.from(SystemTime.wall().instant().plusSeconds(3));
      Phone phone =
          Phone.connect(stage.client, stage.issuer.token(claims -> claims.expirationTime(soon)));
      phone.ready();
      await()
          .until(() -> {
            if (phone.waiting() == 0) {
              phone.heartbeat();
              return false;
            }
            return phone.next().hasClose();
          });
      assertThat(phone.endCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void sessions_moreThanAllowed_areToldToComeLater() throws IOException {
    try (Stage stage = Stage.with(Map.of("session.max-sessions", "1"))) {
      Phone first = Phone.connect(stage.client, stage.ada);
      first.ready();
      Phone second = Phone.connect(stage.client, stage.ada);
      Close close = second.close();
      assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_OVERLOADED);
      assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_DELAYED);
      assertThat(close.getRetryAfter().getSeconds()).isPositive();
      assertThat(second.endCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      first.expectAlive();
      first.halfClose();
      assertThat(first.endCode()).isEqualTo(Status.Code.OK);
      await()
          .until(() -> {
            Phone third = Phone.connect(stage.client, stage.ada);
            boolean in = third.next().hasReady();
            third.vanish();
            return in;
          });
    }
  }

  @Test
  void gateway_stopped_tellsEverySessionToMove() throws IOException {
    Stage stage = Stage.with(Map.of());
    try {
      Phone phone = Phone.connect(stage.client, stage.ada);
      phone.ready();
      stage.gateway.close();
      Close close = phone.close();
      assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_STOPPING);
      assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NOW);
      assertThat(phone.endCode()).isEqualTo(Status.Code.UNAVAILABLE);
    } finally {
      stage.close();
    }
  }

  @Test
  void send_answerNotInTime_isATimeout() throws IOException {
    try (Stage stage = Stage.with(Map.of("limits.append-timeout", "300ms"))) {
      Phone phone = Phone.connect(stage.client, stage.ada);
      phone.ready();
      stage.channels.holdAppends();
      int ref = phone.send(Stage.CHANNEL, "x");
      assertThat(phone.refusal(ref).getReason()).isEqualTo(Reason.REASON_TIMEOUT);
      phone.expectAlive();
    }
  }

  @Test
  void send_channelServerKilledBeforeItsAnswer_leavesTheOutcomeOpen() throws IOException {
    try (Stage stage = Stage.with(Map.of("limits.append-timeout", "1s"))) {
      Phone phone = Phone.connect(stage.client, stage.ada);
      phone.ready();
      phone.focus(Phone.live(Stage.CHANNEL));
      phone.next();
      stage.channels.holdAppends();
      int lost = phone.send(Stage.CHANNEL, "lost answer");
      await().until(() -> stage.channels.held() == 1);
      stage.cable.cut();
      assertThat(phone.refusal(lost).getReason()).isEqualTo(Reason.REASON_TIMEOUT);
      int refused = phone.send(Stage.CHANNEL, "no way");
      assertThat(phone.refusal(refused).getReason())
          .isIn(Reason.REASON_UNAVAILABLE, Reason.REASON_TIMEOUT);
      stage.channels.forgetHeldAppends();
      stage.channels.post(Stage.CHANNEL, "meanwhile");
      stage.cable.mend();
      phone.expectEvents(Stage.CHANNEL, 1, 1);
    }
  }

  @Test
  void sends_moreThanAllowedInFlight_waitUnread() throws IOException {
    try (Stage stage = Stage.with(Map.of("limits.max-in-flight", "2"))) {
      stage.channels.directory().channel(11, 1, "second", 1L);
      stage.channels.directory().channel(12, 1, "third", 1L);
      Phone phone = Phone.connect(stage.client, stage.ada);
      phone.ready();
      stage.channels.holdAppends();
      phone.send(Stage.CHANNEL, "one");
      phone.send(11, "two");
      await().until(() -> stage.channels.held() == 2);
      phone.send(12, "three");
      int ref = phone.heartbeat();
      stage.channels.answerAppends();
      assertThat(phone.next().hasSent()).isTrue();
      assertThat(phone.next().hasSent()).isTrue();
      boolean sent = false;
      boolean beat = false;
      while (!sent || !beat) {
        var frame = phone.next();
        sent |= frame.hasSent();
        beat |= frame.hasHeartbeat() && frame.getRef() == ref;
      }
    }
  }
}
