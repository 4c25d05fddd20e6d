package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.gateway.harness.FakeChannelServer;
import chat.starling.gateway.harness.Fleet;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import chat.starling.otel.receiver.OtlpReceiver;
import chat.starling.otel.receiver.ReceivedMetric;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several channel servers, of which the gateway is told one. */
class RoutingIT {

  /** Whoever waits for one of these waits longer than a test does. */
  private static final Map<String, String> PATIENT =
      Map.of(
          "upstream.attempt-timeout", "60s",
          "limits.append-timeout", "60s",
          "upstream.ping-interval", "1s");

  @Test
  void send_ringOfSeveral_goesToTheOwnerOfEachChannel() throws IOException {
    try (Stage stage = Stage.of(3, Map.of())) {
      awaitStreams(stage.fleet, 0, 1, 2);
      Phone phone = open(stage);
      for (int owner = 0; owner < 3; owner++) {
        phone.send(stage.fleet.channelOf(owner), "to " + owner);
        assertThat(phone.next().getSent().getSeq()).isEqualTo(1);
        assertThat(stage.fleet.server(owner).appends())
            .extracting(AppendRequest::getText)
            .containsExactly("to " + owner);
      }
    }
  }

  @Test
  void send_ownerOtherThanTheRingSays_isFollowedByItsHint() throws IOException {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      try (Stage stage = Stage.of(2, Map.of("telemetry.otlp-endpoint", receiver.endpoint()))) {
        awaitStreams(stage.fleet, 0, 1);
        stage.fleet.server(0).setClaiming(false);
        stage.fleet.server(0).hint(stage.fleet.address(1));
        stage.fleet.server(1).seize();
        Phone phone = open(stage);
        phone.send(stage.fleet.channelOf(0), "hello");
        assertThat(phone.next().hasSent()).isTrue();
        assertThat(stage.fleet.server(0).appends()).hasSize(1);
        assertThat(stage.fleet.server(1).appends()).hasSize(1);
        assertThat(stage.fleet.server(1).appends().getFirst().getRetry()).isFalse();
      }
      assertThat(receiver.metrics())
          .extracting(ReceivedMetric::name)
          .contains(
              "starling.upstream.not_owner",
              "starling.upstream.retries",
              "starling.upstream.open_circuits");
    }
  }

  @Test
  void send_ownerNotReadyYet_isTriedAgainUntilItIs() throws IOException {
    try (Stage stage = Stage.of(2, Map.of())) {
      awaitStreams(stage.fleet, 0, 1);
      stage.fleet.server(1).setClaiming(false);
      Phone phone = open(stage);
      phone.send(stage.fleet.channelOf(1), "hello");
      await().until(() -> stage.fleet.server(1).appends().size() >= 3);
      stage.fleet.server(1).setClaiming(true);
      assertThat(phone.next().hasSent()).isTrue();
    }
  }

  @Test
  void send_hintThatIsNoHost_isTriedAgainByTheRing() throws IOException {
    try (Stage stage = Stage.of(2, Map.of())) {
      awaitStreams(stage.fleet, 0, 1);
      stage.fleet.server(1).setClaiming(false);
      stage.fleet.server(1).hint("no host:1");
      Phone phone = open(stage);
      phone.send(stage.fleet.channelOf(1), "hello");
      await().until(() -> stage.fleet.server(1).appends().size() >= 3);
      stage.fleet.server(1).setClaiming(true);
      assertThat(phone.next().hasSent()).isTrue();
    }
  }

  @Test
  void send_ownerNeverReady_isUnavailableWithARetryTime() throws IOException {
    try (Stage stage = Stage.of(2, Map.of("limits.append-timeout", "400ms"))) {
      awaitStreams(stage.fleet, 0, 1);
      stage.fleet.server(1).setClaiming(false);
      Phone phone = open(stage);
      int ref = phone.send(stage.fleet.channelOf(1), "hello");
      Refusal refusal = phone.refusal(ref);
      assertThat(refusal.getReason()).isEqualTo(Reason.REASON_UNAVAILABLE);
      assertThat(refusal.hasRetryAfter()).isTrue();
      phone.expectAlive();
    }
  }

  @Test
  void send_ownerKilledBeforeItsAnswer_goesOnAtTheNewOwnerAsARetry() throws IOException {
    try (Stage stage = Stage.of(2, PATIENT)) {
      awaitStreams(stage.fleet, 0, 1);
      long channel = stage.fleet.channelOf(1);
      Phone phone = open(stage);
      stage.fleet.server(1).holdAppends();
      phone.send(channel, "hello");
      await().until(() -> stage.fleet.server(1).held() == 1);
      stage.fleet.cable(1).cut();
      stage.fleet.ring(0);
      assertThat(phone.next().getSent().getSeq()).isEqualTo(1);
      AppendRequest first = stage.fleet.server(1).appends().getFirst();
      AppendRequest last = stage.fleet.server(0).appends().getLast();
      assertThat(first.getRetry()).isFalse();
      assertThat(last.getRetry()).isTrue();
      assertThat(last.getNonce()).isEqualTo(first.getNonce());
    }
  }

  @Test
  void send_streamEndsBeforeItsAnswer_isSentAgainAsARetry() throws IOException {
    try (Stage stage = Stage.of(2, PATIENT)) {
      awaitStreams(stage.fleet, 0, 1);
      Phone phone = open(stage);
      stage.fleet.server(1).holdAppends();
      phone.send(stage.fleet.channelOf(1), "hello");
      await().until(() -> stage.fleet.server(1).held() == 1);
      stage.fleet.server(1).cutAppends();
      stage.fleet.server(1).answerAppends();
      assertThat(phone.next().getSent().getSeq()).isEqualTo(1);
      AppendRequest first = stage.fleet.server(1).appends().getFirst();
      AppendRequest last = stage.fleet.server(1).appends().getLast();
      assertThat(last.getRetry()).isTrue();
      assertThat(last.getNonce()).isEqualTo(first.getNonce());
    }
  }

  @Test
  void send_ownerDidItBeforeItWasKilled_isDoneOnce() throws IOException {
    try (Stage stage = Stage.of(2, PATIENT)) {
      awaitStreams(stage.fleet, 0, 1);
      long channel = stage.fleet.channelOf(1);
      Phone phone = open(stage);
      stage.fleet.server(1).holdAppends();
      phone.send(channel, "hello");
      await().until(() -> stage.fleet.server(1).held() == 1);
      stage.fleet.cable(1).cut();
      stage.fleet.server(1).answerAppends();
      stage.fleet.ring(0);
      assertThat(phone.next().getSent().getSeq()).isEqualTo(1);
      phone.send(channel, "next");
      assertThat(phone.next().getSent().getSeq()).isEqualTo(2);
    }
  }

  @Test
  void send_ownerFrozen_holdsUpNobodyElseAndGoesOnOnceTheRingMoves() throws IOException {
    try (Stage stage = Stage.of(2, PATIENT)) {
      awaitStreams(stage.fleet, 0, 1);
      long frozen = stage.fleet.channelOf(1);
      Phone phone = open(stage);
      phone.send(frozen, "warm");
      assertThat(phone.next().hasSent()).isTrue();
      stage.fleet.cable(1).freeze();
      int stuck = phone.send(frozen, "stuck");
      for (int i = 0; i < 10; i++) {
        int ref = phone.send(stage.fleet.channelOf(0), "free");
        var sent = phone.next();
        assertThat(sent.hasSent()).as("%s", sent).isTrue();
        assertThat(sent.getRef()).isEqualTo(ref);
      }
      stage.fleet.ring(0);
      var sent = phone.next();
      assertThat(sent.getRef()).isEqualTo(stuck);
      assertThat(sent.getSent().getSeq()).isEqualTo(2);
    }
  }

  @Test
  void start_memberThatNeverAnswers_holdsUpNobodyElse() throws IOException {
    try (Stage stage = Stage.of(3, PATIENT)) {
      stage.fleet.ring(0, 1);
      awaitStreams(stage.fleet, 0, 1);
      stage.fleet.cable(2).freeze();
      stage.fleet.ring(0, 1, 2);
      Phone phone = open(stage);
      for (int i = 0; i < 10; i++) {
        phone.send(stage.fleet.channelOf(i % 2), "free");
        assertThat(phone.next().hasSent()).isTrue();
      }
    }
  }

  @Test
  void focus_channelMoves_viewerMissesNothingAndSeesNothingTwice() throws IOException {
    try (Stage stage = Stage.of(2, Map.of())) {
      awaitStreams(stage.fleet, 0, 1);
      long channel = stage.fleet.channelOf(1);
      Phone phone = open(stage);
      phone.focus(Phone.live(channel));
      phone.next();
      post(stage, 1, channel, 5);
      phone.expectEvents(channel, 1, 5);
      stage.fleet.server(0).setClaiming(false);
      stage.fleet.ring(0);
      await().until(() -> stage.fleet.server(0).refused(channel) >= 2);
      post(stage, 1, channel, 2);
      stage.fleet.server(0).setClaiming(true);
      await().until(() -> stage.fleet.server(0).isSubscribed(channel));
      post(stage, 0, channel, 5);
      phone.expectEvents(channel, 6, 12);
      phone.expectAlive();
    }
  }

  @Test
  void focus_ownerSaysThatItIsGone_viewerFollowsIt() throws IOException {
    try (Stage stage = Stage.of(2, Map.of())) {
      awaitStreams(stage.fleet, 0, 1);
      long channel = stage.fleet.channelOf(0);
      Phone phone = open(stage);
      phone.focus(Phone.live(channel));
      phone.next();
      post(stage, 0, channel, 2);
      stage.fleet.ringUntold(1);
      stage.fleet.tell(0);
      stage.fleet.tell(1);
      await().until(() -> stage.fleet.server(1).isSubscribed(channel));
      post(stage, 1, channel, 20);
      phone.expectEvents(channel, 1, 22);
      phone.expectAlive();
    }
  }

  @Test
  void focus_ownerFrozenAndThawed_viewerGoesOnAtTheNewOwner() throws IOException {
    try (Stage stage = Stage.of(2, PATIENT)) {
      awaitStreams(stage.fleet, 0, 1);
      long channel = stage.fleet.channelOf(1);
      Phone phone = open(stage);
      phone.focus(Phone.live(channel));
      phone.next();
      post(stage, 1, channel, 3);
      phone.expectEvents(channel, 1, 3);
      stage.fleet.cable(1).freeze();
      post(stage, 1, channel, 2);
      stage.fleet.ring(0);
      await().until(() -> stage.fleet.server(0).isSubscribed(channel));
      post(stage, 0, channel, 2);
      phone.expectEvents(channel, 4, 7);
      stage.fleet.cable(1).thaw();
      post(stage, 0, channel, 1);
      phone.expectEvents(channel, 8, 8);
      phone.expectAlive();
    }
  }

  @Test
  void view_learnedFromOneServer_isPassedOnToTheOthers() throws IOException {
    try (Stage stage = Stage.of(3, Map.of())) {
      awaitStreams(stage.fleet, 0, 1, 2);
      stage.fleet.ringUntold(0, 1, 2);
      stage.fleet.tell(1);
      long version = stage.fleet.version();
      await()
          .untilAsserted(() -> {
            assertThat(stage.fleet.server(0).versions()).contains(version);
            assertThat(stage.fleet.server(2).versions()).contains(version);
          });
      assertThat(stage.fleet.server(1).versions()).doesNotContain(version);
    }
  }

  @Test
  void view_withoutAServer_closesItsStream() throws IOException {
    try (Stage stage = Stage.of(3, Map.of())) {
      awaitStreams(stage.fleet, 0, 1, 2);
      stage.fleet.ring(0, 1);
      await().until(() -> stage.fleet.server(2).streams() == 0);
      assertThat(stage.fleet.server(0).streams()).isEqualTo(1);
    }
  }

  @Test
  void view_withANewIncarnation_replacesItsStream() throws IOException {
    try (Stage stage = Stage.of(2, Map.of())) {
      awaitStreams(stage.fleet, 0, 1);
      int before = stage.fleet.server(1).calls("Subscribe");
      stage.fleet.restart(1);
      await()
          .until(() ->
              stage.fleet.server(1).calls("Subscribe") == before + 1
                  && stage.fleet.server(1).streams() == 1);
      Phone phone = open(stage);
      phone.send(stage.fleet.channelOf(1), "hello");
      assertThat(phone.next().hasSent()).isTrue();
    }
  }

  @Test
  void view_nobodyOfItReachable_seedsAreAskedAgain() throws IOException {
    try (Stage stage = Stage.of(2, Map.of())) {
      awaitStreams(stage.fleet, 0, 1);
      stage.fleet.ring(1);
      await().until(() -> stage.fleet.server(0).streams() == 0);
      stage.fleet.cable(1).cut();
      stage.fleet.ring(0);
      Phone phone = open(stage);
      phone.send(stage.fleet.channelOf(0), "hello");
      assertThat(phone.next().hasSent()).isTrue();
    }
  }

  @Test
  void directory_memberKilled_isAskedElsewhere() throws IOException {
    try (Stage stage = Stage.of(3, Map.of())) {
      awaitStreams(stage.fleet, 0, 1, 2);
      stage.fleet.cable(2).cut();
      Phone phone = open(stage);
      for (int i = 0; i < 9; i++) {
        phone.send(stage.fleet.channelOf(i % 2), "hello");
        assertThat(phone.next().hasSent()).isTrue();
      }
      for (int i = 0; i < 2; i++) {
        FakeChannelServer server = stage.fleet.server(i);
        assertThat(server.calls("GetMembership") + server.calls("GetChannels")).isPositive();
      }
    }
  }

  @Test
  void send_ownersCircuitOpen_goesOnOnceItIsClosed() throws IOException {
    Map<String, String> quick =
        Map.of(
            "upstream.breaker-min-calls", "2",
            "upstream.breaker-window", "1s",
            "upstream.breaker-open-time", "100ms");
    try (Stage stage = Stage.of(2, quick)) {
      awaitStreams(stage.fleet, 0, 1);
      long channel = stage.fleet.channelOf(1);
      Phone phone = open(stage);
      phone.send(channel, "before");
      assertThat(phone.next().hasSent()).isTrue();
      stage.fleet.server(1).setUnavailable(true);
      int ref = phone.send(channel, "meanwhile");
      await().until(() -> stage.fleet.server(1).appends().size() >= 6);
      stage.fleet.server(1).setUnavailable(false);
      assertThat(phone.next().getRef()).isEqualTo(ref);
    }
  }

  @Test
  void start_noSeedReachable_isRefusedUntilOneIs() throws IOException {
    try (Stage stage = Stage.of(1, Map.of("limits.append-timeout", "400ms"))) {
      stage.cable.cut();
      Phone phone = open(stage);
      int ref = phone.send(Stage.CHANNEL, "hello");
      Refusal refusal = phone.refusal(ref);
      assertThat(refusal.getReason()).isEqualTo(Reason.REASON_UNAVAILABLE);
      assertThat(refusal.hasRetryAfter()).isTrue();
      stage.cable.mend();
      await()
          .until(() -> {
            phone.send(Stage.CHANNEL, "hello");
            return phone.next().hasSent();
          });
    }
  }

  private static Phone open(Stage stage) {
    Phone phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
    return phone;
  }

  private static void post(Stage stage, int server, long channel, int count) {
    IntStream.range(0, count).forEach(i -> stage.fleet.server(server).post(channel, "message"));
  }

  private static void awaitStreams(Fleet fleet, int... servers) {
    await()
        .until(() -> IntStream.of(servers).allMatch(server -> fleet.server(server).streams() == 1));
  }
}
