package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Reason;
import chat.starling.devstack.StackOptions;
import chat.starling.devstack.process.LocalServer;
import chat.starling.edge.RunningStack;
import chat.starling.edge.crowd.Crowd;
import chat.starling.edge.crowd.Outages.Outage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One of two gateways goes, and many people move to the other one while messages flow: nobody is
 * told a different story. Between Envoy and the gateways is TLS. System properties set how many:
 * {@code starling.drain.viewers}, {@code starling.storm.sessions}.
 */
class ManyMoveIT {

  private static final long SEED = 20_260_103;
  private static final int VIEWERS = Integer.getInteger("starling.drain.viewers", 100);
  private static final int SESSIONS = Integer.getInteger("starling.storm.sessions", 600);

  private static RunningStack stack;

  @BeforeAll
  static void start() {
    stack =
        RunningStack.start(
            StackOptions.forTests()
                .withServers(1, 2)
                .withGatewayTls()
                .withGatewaySetting("session.drain-lead", "2s")
                .withGatewaySetting("session.drain-window", "3s")
                // many times less than come at once, however fast each is let in
                .withGatewaySetting("admission.sessions", "5")
                .withGatewaySetting("admission.under-way", "20")
                .withGatewaySetting("admission.waiting", "50")
                .withGatewaySetting("admission.longest-retry", "5s"));
  }

  @AfterAll
  static void end() {
    stack.stack().gateways().stream().filter(LocalServer::isAlive).forEach(LocalServer::kill9);
    stack.close();
  }

  @BeforeEach
  void bothGatewaysRun() {
    stack.stack().restartAll();
  }

  /** Each of its clients is with the other one at the first attempt. */
  @Test
  void gateway_toldToStopUnderLoad_handsItsClientsOver() {
    try (Crowd crowd = new Crowd(stack, SEED)) {
      crowd.open(6, 5);
      crowd.watch(VIEWERS);
      crowd.outages().forget();
      Talk talk = new Talk(crowd, SEED);
      talk.awaitAcksOfSendsAfter(System.nanoTime());
      long begun = System.nanoTime();
      LocalServer leaving = stack.stack().gateways().getFirst();
      leaving.signal("TERM");
      await().atMost(Crowd.PATIENCE).until(() -> !leaving.isAlive());
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      talk.awaitAcksOfSendsAfter(System.nanoTime());
      talk.stop();
      List<Outage> moves = crowd.outages().all();
      print(moves, talk, took);
      assertThat(moves)
          .isNotEmpty()
          .allSatisfy(move -> assertThat(move.causes()).containsExactly(Reason.REASON_STOPPING));
      assertThat(moves.stream().map(Outage::client)).doesNotHaveDuplicates();
      assertThat(handshakesWithGateways()).isPositive();
      assertOneStory(crowd, talk);
    }
  }

  /** All are back in the end; who cannot be let in at once is told when to come back. */
  @Test
  void gateway_killedWithVeryManySessions_areBackAndMissNothing() {
    try (Crowd crowd = new Crowd(stack, SEED + 1);
        Storm storm = new Storm(stack, crowd, SESSIONS, SEED)) {
      crowd.open(4, 3);
      crowd.watch(6);
      storm.gather();
      Talk talk = new Talk(crowd, SEED + 1);
      talk.awaitAcksOfSendsAfter(System.nanoTime());
      storm.calm();
      LocalServer killed = stack.stack().gateways().getFirst();
      storm.breakOut(killed::kill9);
      talk.awaitAcksOfSendsAfter(System.nanoTime());
      talk.stop();
      storm.awaitAllCaughtUp();
      System.out.println(storm.report());
      assertThat(storm.told()).containsKey(Reason.REASON_OVERLOADED);
      assertThat(storm.contradictions()).isEmpty();
      assertOneStory(crowd, talk);
    }
  }

  private static long handshakesWithGateways() {
    int admin = stack.stack().ports().edgeAdmin().number();
    URI stats =
        URI.create("http://127.0.0.1:" + admin + "/stats?filter=cluster.gateway.ssl.handshake");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(stats).build();
      String line = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertOneStory(Crowd crowd, Talk talk) {
    var proof = new Proof(crowd.ledger());
    talk.refusals().forEach(proof::contradiction);
    new Evidence(stack.stack(), crowd, proof).gather();
    assertThat(proof.contradictions()).isEmpty();
    assertThat(crowd.channels()).allSatisfy(id -> assertThat(crowd.ledger().unknown(id)).isEmpty());
  }

  private static void print(List<Outage> moves, Talk talk, Duration took) {
    System.out.printf(
        "drain: the gateway was gone after %d ms; %d clients of it moved and had no session for %s;"
            + " the longest wait for an ack was %d ms%n",
        took.toMillis(),
        moves.size(),
        Percentiles.of(moves.stream().map(Outage::lasted).toList()),
        talk.times().longestOutside(List.of()).toMillis());
  }
}
