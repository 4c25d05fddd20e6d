package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Cursor;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.api.v1.SubmitRequest;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Focus, delivery, resume and browsers' sessions, each in a channel of its own. */
class LifeIT {

  private static final AtomicLong CHANNELS = new AtomicLong(1000);
  private static Stage stage;
  private long channel;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.with(Map.of("session.replay-events", "16", "limits.append-timeout", "2s"));
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void channel() {
    channel = CHANNELS.incrementAndGet();
    stage.channels.directory().channel(channel, 1, "c" + channel, 1L, 2L);
  }

  @Test
  void focus_withCursor_bringsBacklogThenLiveEvents() {
    post(250);
    Phone phone = open();
    phone.focus(Phone.after(channel, 3));
    assertFocused(phone.next(), 250, 3, false);
    phone.expectEvents(channel, 4, 250);
    post(5);
    phone.expectEvents(channel, 251, 255);
  }

  @Test
  void focus_fartherBehindThanReplayed_asksForReload() {
    post(1005);
    Phone phone = open();
    phone.focus(Phone.after(channel, 4));
    assertFocused(phone.next(), 1005, 1005, true);
    post(1);
    phone.expectEvents(channel, 1006, 1006);
  }

  @Test
  void focus_withoutCursor_bringsLiveEventsOnly() {
    post(3);
    Phone phone = open();
    phone.focus(Phone.live(channel));
    assertFocused(phone.next(), 3, 3, false);
    post(1);
    phone.expectEvents(channel, 4, 4);
  }

  @Test
  void focus_again_keepsTheViewAndAnswers() {
    Phone phone = open();
    phone.focus(Phone.live(channel));
    assertFocused(phone.next(), 0, 0, false);
    post(2);
    phone.expectEvents(channel, 1, 2);
    int ref = phone.focus(Phone.live(channel));
    ServerFrame again = phone.next();
    assertThat(again.getRef()).isEqualTo(ref);
    assertFocused(again, 2, 2, false);
    phone.focus(Phone.after(channel, 0));
    assertFocused(phone.next(), 2, 0, false);
    phone.expectEvents(channel, 1, 2);
  }

  @Test
  void focus_elsewhere_endsTheEvents() {
    Phone phone = open();
    phone.focus(Phone.live(channel));
    phone.next();
    phone.focus();
    phone.expectAlive();
    post(1);
    phone.expectAlive();
  }

  @Test
  void deliver_manyViewersOnManyConnections_allSeeTheSameOrder() {
    List<Phone> phones = new ArrayList<>();
    List<ManagedChannel> connections = List.of(stage.dial(), stage.dial(), stage.dial());
    for (int i = 0; i < 30; i++) {
      Phone phone = Phone.connect(connections.get(i % 3), stage.ada);
      phone.ready();
      phone.focus(Phone.live(channel));
      phone.next();
      phones.add(phone);
    }
    post(100);
    phones.forEach(phone -> phone.expectEvents(channel, 1, 100));
    connections.forEach(ManagedChannel::shutdownNow);
  }

  @Test
  void deliver_upstreamStreamCutWhileMessagesFlow_viewerNoticesNothing() {
    Phone phone = open();
    phone.focus(Phone.live(channel));
    phone.next();
    post(3);
    for (int i = 0; i < 4; i++) {
      stage.channels.cutStreams();
      post(7);
      await().until(() -> stage.channels.isSubscribed(channel));
      post(2);
    }
    phone.expectEvents(channel, 1, 39);
  }

  @Test
  void deliver_upstreamLosesEvents_viewerGetsThemFromTheLog() {
    Phone phone = open();
    phone.focus(Phone.live(channel));
    phone.next();
    post(2);
    for (int i = 0; i < 5; i++) {
      stage.channels.postSilently(channel, "lost " + i);
    }
    post(1);
    phone.expectEvents(channel, 1, 8);
  }

  @Test
  void send_channelServerUnavailable_isRefusedAndTheStreamGoesOn() {
    Phone phone = open();
    phone.send(channel, "first");
    assertThat(phone.next().hasSent()).isTrue();
    stage.channels.setUnavailable(true);
    int ref = phone.send(channel, "second");
    assertThat(phone.refusal(ref).getReason()).isEqualTo(Reason.REASON_UNAVAILABLE);
    stage.channels.setUnavailable(false);
    phone.send(channel, "third");
    assertThat(phone.next().getSent().getSeq()).isEqualTo(2);
  }

  @Test
  void focus_channelServerUnavailable_isAnsweredOnceItIsBack() {
    stage.channels.setUnavailable(true);
    Phone phone = open();
    phone.focus(Phone.live(channel));
    phone.expectAlive();
    stage.channels.setUnavailable(false);
    assertFocused(phone.next(), 0, 0, false);
  }

  @Test
  void send_manyAtOnce_keepTheirOrder() {
    Phone phone = open();
    for (int i = 1; i <= 200; i++) {
      phone.send(channel, "m" + i);
    }
    for (int i = 1; i <= 200; i++) {
      assertThat(phone.next().getSent().getSeq()).isEqualTo(i);
    }
    int ref = phone.say(backfill(1000));
    ServerFrame page = phone.next();
    assertThat(page.getRef()).isEqualTo(ref);
    assertThat(page.getBackfillPage().getEventsList())
        .extracting(event -> event.getMessagePosted().getText())
        .startsWith("m1", "m2", "m3")
        .hasSize(200)
        .endsWith("m199", "m200");
  }

  @Test
  void backfill_page_isTheEventsAfterTheSeq() {
    post(30);
    Phone phone = open();
    ClientFrame.Builder frame = backfill(10);
    frame.getBackfillBuilder().setAfterSeq(5);
    phone.say(frame);
    ServerFrame answer = phone.next();
    assertThat(answer.getBackfillPage().getLastSeq()).isEqualTo(30);
    assertThat(answer.getBackfillPage().getEventsList())
        .extracting(Event::getSeq)
        .containsExactly(6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L);
  }

  @Test
  void resume_byToken_replaysWhatWasMissed() {
    Phone phone = Phone.connect(stage.client, stage.ada);
    Ready ready = phone.ready();
    phone.focus(Phone.live(channel));
    phone.next();
    post(10);
    phone.expectEvents(channel, 1, 10);
    phone.vanish();
    post(40);
    Phone again = Phone.resume(stage.client, stage.ada, ready.getSessionToken(), 7);
    Ready resumed = again.ready();
    assertThat(resumed.getResumed()).isTrue();
    assertThat(resumed.getSessionToken()).isEqualTo(ready.getSessionToken());
    again.expectEvents(channel, 8, 50);
    post(1);
    again.expectEvents(channel, 51, 51);
  }

  @Test
  void resume_whileEventsWaitForTheTick_bringsThem() throws IOException {
    Map<String, String> slow = Map.of("delivery.tick", "1s", "delivery.longest-tick", "1s");
    try (Stage own = Stage.with(slow)) {
      Phone phone = Phone.connect(own.client, own.ada);
      String token = phone.ready().getSessionToken();
      phone.focus(Phone.live(Stage.CHANNEL));
      phone.next();
      own.channels.post(Stage.CHANNEL, "leaves at once");
      phone.expectEvents(Stage.CHANNEL, 1, 1);
      for (int i = 0; i < 5; i++) {
        own.channels.post(Stage.CHANNEL, "waits");
      }
      Phone again = Phone.resume(own.client, own.ada, token, 1);
      assertThat(again.ready().getResumed()).isTrue();
      again.expectEvents(Stage.CHANNEL, 2, 6);
    }
  }

  @Test
  void resume_byTokenOnAnotherConnection_isTheSame() {
    ManagedChannel other = stage.dial();
    Phone phone = Phone.connect(stage.client, stage.ada);
    Ready ready = phone.ready();
    phone.focus(Phone.live(channel));
    phone.next();
    post(3);
    phone.expectEvents(channel, 1, 3);
    phone.vanish();
    post(3);
    Phone again = Phone.resume(other, stage.ada, ready.getSessionToken(), 3);
    assertThat(again.ready().getResumed()).isTrue();
    again.expectEvents(channel, 4, 6);
    other.shutdownNow();
  }

  @Test
  void resume_fartherBackThanTheRing_goesByCursors() {
    Phone phone = Phone.connect(stage.client, stage.ada);
    Ready ready = phone.ready();
    phone.focus(Phone.live(channel));
    phone.next();
    post(40);
    phone.expectEvents(channel, 1, 40);
    phone.vanish();
    Phone again =
        Phone.resume(stage.client, stage.ada, ready.getSessionToken(), 10, cursor(channel, 10));
    Ready fresh = again.ready();
    assertThat(fresh.getResumed()).isFalse();
    assertThat(fresh.getSessionToken()).isNotEqualTo(ready.getSessionToken());
    assertFocused(again.next(), 40, 10, false);
    again.expectEvents(channel, 11, 40);
  }

  @Test
  void resume_unknownToken_goesByCursors() {
    post(4);
    Phone phone = Phone.resume(stage.client, stage.ada, "no-such-token", 0, cursor(channel, 2));
    assertThat(phone.ready().getResumed()).isFalse();
    assertFocused(phone.next(), 4, 2, false);
    phone.expectEvents(channel, 3, 4);
  }

  @Test
  void resume_somebodyElsesToken_isAFreshSession() {
    Phone ada = Phone.connect(stage.client, stage.ada);
    Ready ready = ada.ready();
    Phone bob =
        Phone.resume(stage.client, stage.issuer.token(2, "Bob", 1L), ready.getSessionToken(), 0);
    assertThat(bob.ready().getResumed()).isFalse();
    ada.expectAlive();
  }

  @Test
  void resume_stillConnected_replacesTheOlderConnection() {
    Phone phone = Phone.connect(stage.client, stage.ada);
    Ready ready = phone.ready();
    phone.focus(Phone.live(channel));
    phone.next();
    post(2);
    phone.expectEvents(channel, 1, 2);
    Phone again = Phone.resume(stage.client, stage.ada, ready.getSessionToken(), 1);
    Close close = phone.close();
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_REPLACED);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEVER);
    assertThat(phone.endCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(again.ready().getResumed()).isTrue();
    again.expectEvents(channel, 2, 2);
    post(1);
    again.expectEvents(channel, 3, 3);
  }

  @Test
  void listen_andSubmit_areAConnectInTwoHalves() {
    Phone browser = Phone.listen(stage.client, stage.ada);
    String session = browser.ready().getSessionToken();
    submit(
        session,
        ClientFrame.newBuilder()
            .setRef(8)
            .setFocus(chat.starling.api.v1.Focus.newBuilder().addViews(Phone.live(channel))));
    assertFocused(browser.next(), 0, 0, false);
    submit(
        session, ClientFrame.newBuilder().setRef(9).setSend(Phone.message(channel, "from a tab")));
    List<ServerFrame> both = new ArrayList<>(List.of(browser.next(), browser.next()));
    both.sort(Comparator.comparing(ServerFrame::hasEvent));
    assertThat(both.get(0).getSent().getSeq()).isEqualTo(1);
    assertThat(both.get(0).getRef()).isEqualTo(9);
    assertThat(both.get(1).getEvent().getMessagePosted().getText()).isEqualTo("from a tab");
  }

  @Test
  void submit_unknownSession_isRefused() {
    ClientFrame.Builder heartbeat =
        ClientFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance());
    assertRefused(Reason.REASON_SESSION_UNKNOWN, () -> submit("nobody", heartbeat));
  }

  @Test
  void submit_noFrames_isRefused() {
    assertRefused(Reason.REASON_TOO_MANY, () -> submit("whoever"));
  }

  private static void assertRefused(Reason reason, Runnable call) {
    StatusRuntimeException fault =
        Assertions.catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(RefusalStatus.fromThrowable(fault).orElseThrow().getReason()).isEqualTo(reason);
  }

  private static void submit(String session, ClientFrame.Builder... frames) {
    SubmitRequest.Builder request = SubmitRequest.newBuilder().setSessionToken(session);
    for (ClientFrame.Builder frame : frames) {
      request.addFrames(frame);
    }
    var _ = SessionServiceGrpc.newBlockingStub(stage.client).submit(request.build());
  }

  private ClientFrame.Builder backfill(int size) {
    return ClientFrame.newBuilder()
        .setBackfill(Backfill.newBuilder().setChannelId(channel).setPageSize(size));
  }

  private static Cursor cursor(long channel, long seq) {
    return Cursor.newBuilder().setChannelId(channel).setSeq(seq).build();
  }

  private void post(int count) {
    for (int i = 0; i < count; i++) {
      stage.channels.post(channel, "message");
    }
  }

  private static Phone open() {
    Phone phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
    return phone;
  }

  private static void assertFocused(ServerFrame frame, long last, long from, boolean reload) {
    assertThat(frame.hasFocused()).as("%s", frame).isTrue();
    assertThat(frame.getFocused().getLastSeq()).isEqualTo(last);
    assertThat(frame.getFocused().getFromSeq()).isEqualTo(from);
    assertThat(frame.getFocused().getReload()).isEqualTo(reload);
  }
}
