package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A gateway that is told to stop: first the edge hears of it, then its clients, one by one. */
class DrainIT {

  @Test
  void close_sessionsConnected_edgeHearsFirstThenEachIsSentElsewhere() throws Exception {
    try (Stage stage =
        Stage.with(Map.of("session.drain-lead", "3s", "session.drain-window", "300ms"))) {
      var phones = Stream.generate(() -> open(stage)).limit(20).toList();
      CompletableFuture<Void> closed = close(stage);
      await().until(() -> health(stage) == 503);
      Phone late = open(stage);
      late.expectAlive();
      phones.forEach(DrainIT::assertSentElsewhere);
      assertSentElsewhere(late);
      closed.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void close_sendUnderWay_isAnsweredFirst() throws Exception {
    try (Stage stage = Stage.with(Map.of("session.drain-grace", "600s"))) {
      Phone phone = open(stage);
      stage.channels.holdAppends();
      phone.send(Stage.CHANNEL, "under way");
      await().until(() -> stage.channels.held() == 1);
      CompletableFuture<Void> closed = close(stage);
      await()
          .until(() -> {
            Phone refused = Phone.connect(stage.client, stage.ada);
            return refused.close().getCode() == CloseCode.CLOSE_CODE_STOPPING;
          });
      phone.send(Stage.CHANNEL, "comes too late and is to be sent elsewhere");
      assertThat(phone.waiting()).isZero();
      assertThat(closed).isNotDone();
      stage.channels.answerAppends();
      assertThat(phone.next().getSent().getSeq()).isEqualTo(1);
      assertSentElsewhere(phone);
      closed.get(20, TimeUnit.SECONDS);
      assertThat(stage.channels.appends()).hasSize(1);
    }
  }

  @Test
  void close_answerNeverComes_isNotWaitedForLongerThanTheGrace() throws Exception {
    try (Stage stage = Stage.with(Map.of("session.drain-grace", "200ms"))) {
      Phone phone = open(stage);
      stage.channels.holdAppends();
      phone.send(Stage.CHANNEL, "never answered");
      await().until(() -> stage.channels.held() == 1);
      CompletableFuture<Void> closed = close(stage);
      assertSentElsewhere(phone);
      closed.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void close_nobodyConnected_needsNoWindow() throws Exception {
    try (Stage stage = Stage.with(Map.of("session.drain-window", "3600s"))) {
      close(stage).get(20, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<Void> close(Stage stage) {
    return CompletableFuture.runAsync(stage.gateway::close, Thread::startVirtualThread);
  }

  private static Phone open(Stage stage) {
    Phone phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
    return phone;
  }

  private static void assertSentElsewhere(Phone phone) {
    Close close = phone.close();
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_STOPPING);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NOW);
  }

  private static int health(Stage stage) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + stage.gateway.internalPort() + "/health");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
