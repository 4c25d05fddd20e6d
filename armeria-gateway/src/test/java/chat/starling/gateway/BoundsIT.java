package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.api.v1.SubmitRequest;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import com.google.protobuf.util.Durations;
import io.grpc.Status;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients may not do too fast, and what happens when they do. */
class BoundsIT {

  @Test
  void send_tooFast_isRefusedAndTakenAfterTheTimeItNames() throws IOException {
    try (Stage stage =
        Stage.with(Map.of("rates.user-messages", "2", "rates.user-period", "400ms"))) {
      Phone phone = Phone.connect(stage.client, stage.ada);
      phone.ready();
      Refusal refusal = sendUntilRefused(phone);
      assertThat(refusal.getReason()).isEqualTo(Reason.REASON_RATE_LIMITED);
      assertThat(refusal.getStatus()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED.value());
      assertThat(refusal.getField()).isEqualTo("send.channel_id");
      assertThat(Durations.toMillis(refusal.getRetryAfter())).isBetween(1L, 200L);
      await()
          .until(() -> {
            phone.send(Stage.CHANNEL, "again");
            return phone.next().hasSent();
          });
    }
  }

  @Test
  void submit_tooFast_isRefusedOnTheStream() throws IOException {
    try (Stage stage =
        Stage.with(Map.of("rates.user-messages", "1", "rates.user-period", "600s"))) {
      Phone browser = Phone.listen(stage.client, stage.ada);
      SubmitRequest.Builder request =
          SubmitRequest.newBuilder().setSessionToken(browser.ready().getSessionToken());
      for (int ref = 1; ref <= 2; ref++) {
        request.addFrames(
            ClientFrame.newBuilder().setRef(ref).setSend(Phone.message(Stage.CHANNEL, "m")));
      }
      var _ = SessionServiceGrpc.newBlockingStub(stage.client).submit(request.build());
      assertThat(browser.refusal(2).getReason()).isEqualTo(Reason.REASON_RATE_LIMITED);
      assertThat(browser.next().hasSent()).isTrue();
    }
  }

  @Test
  void send_workspaceTooFast_refusesItsOtherUsersToo() throws IOException {
    try (Stage stage =
        Stage.with(Map.of("rates.workspace-messages", "1", "rates.workspace-period", "600s"))) {
      stage.channels.directory().channel(20, 2, "elsewhere", 2L);
      Phone ada = Phone.connect(stage.client, stage.ada);
      ada.ready();
      Phone bob = Phone.connect(stage.client, stage.issuer.token(2, "Bob", 1L, 2L));
      bob.ready();
      ada.send(Stage.CHANNEL, "the only one");
      assertThat(ada.next().hasSent()).isTrue();
      Refusal refusal = bob.refusal(bob.send(Stage.CHANNEL, "too many"));
      assertThat(refusal.getReason()).isEqualTo(Reason.REASON_RATE_LIMITED);
      assertThat(refusal.getExpected()).isEqualTo("at most 1 messages in 600 s in one workspace");
      bob.send(20, "in another workspace");
      assertThat(bob.next().hasSent()).isTrue();
    }
  }

  @Test
  void frames_tooFastForLong_endTheStreamForAWhile() throws IOException {
    try (Stage stage = Stage.with(Map.of("rates.frames", "3", "rates.frame-period", "600s"))) {
      Phone phone = Phone.connect(stage.client, stage.ada);
      phone.ready();
      for (int i = 0; i < 3; i++) {
        phone.expectAlive();
      }
      for (int i = 0; i < 3; i++) {
        assertThat(phone.refusal(phone.heartbeat()).getReason())
            .isEqualTo(Reason.REASON_RATE_LIMITED);
      }
      phone.heartbeat();
      Close close = phone.close();
      assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_RATE_LIMITED);
      assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_DELAYED);
      assertThat(close.getRetryAfter().getSeconds()).isEqualTo(10);
      assertThat(phone.endCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void connects_moreThanTheRate_waitOrAreToldToComeBack() throws IOException {
    try (Stage stage = Stage.with(oneClientIn10Minutes())) {
      Phone first = Phone.connect(stage.client, stage.ada);
      first.ready();
      Phone second = Phone.connect(stage.client, stage.ada);
      Phone third = Phone.connect(stage.client, stage.ada);
      assertComesLater(third.close());
      assertThat(third.endCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      Phone comesBack = Phone.resume(stage.client, stage.ada, "of a dead gateway", 0);
      assertComesLater(second.close());
      assertThat(comesBack.waiting()).isZero();
      first.expectAlive();
    }
  }

  @Test
  void connects_waitingTooLong_areToldToComeBack() throws IOException {
    Map<String, String> settings = oneClientIn10Minutes();
    settings.put("admission.longest-wait", "200ms");
    try (Stage stage = Stage.with(settings)) {
      Phone.connect(stage.client, stage.ada).ready();
      assertComesLater(Phone.connect(stage.client, stage.ada).close());
    }
  }

  @Test
  void connects_oneGoneWhileItWaits_leavesItsPlaceToAnother() throws IOException {
    try (Stage stage = Stage.with(oneClientIn10Minutes())) {
      Phone.connect(stage.client, stage.ada).ready();
      Phone waits = Phone.connect(stage.client, stage.ada);
      assertComesLater(Phone.connect(stage.client, stage.ada).close());
      waits.vanish();
      await()
          .until(() -> {
            Phone next = Phone.connect(stage.client, stage.ada);
            Phone last = Phone.connect(stage.client, stage.ada);
            assertComesLater(last.close());
            boolean waiting = next.waiting() == 0;
            next.vanish();
            return waiting;
          });
    }
  }

  @Test
  void hello_wantsRareHeartbeats_getsWhatTheSettingsAllow() throws IOException {
    try (Stage stage =
        Stage.with(
            Map.of("session.heartbeat-interval", "200ms", "session.heartbeat-grace", "100ms"))) {
      Phone phone = Phone.dial(stage.client);
      phone.say(
          ClientFrame.newBuilder()
              .setHello(
                  Hello.newBuilder()
                      .setToken(stage.ada)
                      .setHeartbeatInterval(Durations.fromHours(1))));
      assertThat(phone.ready().getHeartbeatInterval().getSeconds()).isEqualTo(90);
      Phone usual = Phone.connect(stage.client, stage.ada);
      usual.ready();
      assertThat(usual.close().getCode()).isEqualTo(CloseCode.CLOSE_CODE_HEARTBEAT_MISSED);
      phone.expectAlive();
    }
  }

  private static Refusal sendUntilRefused(Phone phone) {
    while (true) {
      phone.send(Stage.CHANNEL, "m");
      var answer = phone.next();
      if (answer.hasRefusal()) {
        return answer.getRefusal();
      }
    }
  }

  private static void assertComesLater(Close close) {
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_OVERLOADED);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_DELAYED);
    assertThat(Durations.toMillis(close.getRetryAfter())).isBetween(750L, 37_500L);
    assertThat(close.getRefusal().getReason()).isEqualTo(Reason.REASON_OVERLOADED);
  }

  /** One may wait meanwhile. */
  private static Map<String, String> oneClientIn10Minutes() {
    return new HashMap<>(
        Map.of(
            "admission.sessions", "1",
            "admission.period", "600s",
            "admission.waiting", "1",
            "admission.longest-wait", "60s"));
  }
}
