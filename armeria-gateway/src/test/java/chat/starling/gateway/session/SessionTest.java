package chat.starling.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Cursor;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import chat.starling.gateway.limits.Rate;
import chat.starling.gateway.limits.SendRates;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

  private static final long SECOND = 1_000_000_000L;
  private static final SessionLimits LIMITS =
      new SessionLimits(
          new Heartbeats(
              Duration.ofSeconds(30),
              Duration.ofSeconds(5),
              Duration.ofSeconds(90),
              Duration.ofSeconds(10)),
          3,
          4,
          new Rate(100, Duration.ofSeconds(1)));
  private static final Rate ANY = new Rate(1000, Duration.ofSeconds(1));
  private static final Author ADA = Author.newBuilder().setUserId(1).setDisplayName("Ada").build();

  private final Session session = new Session(LIMITS, new SendRates(ANY, ANY, 10, () -> 0), 0);

  @Test
  void frame_helloFirst_asksForTheTokenAndReadsNoFurther() {
    assertThat(session.frame(hello("t"), 0))
        .containsExactly(new Effect.Pace(Duration.ZERO), new Effect.SignIn("t", false));
    assertThat(session.accepting()).isFalse();
  }

  @Test
  void signIn_effectInText_hidesTheToken() {
    assertThat(session.frame(hello("secret"), 0).toString()).doesNotContain("secret");
  }

  @Test
  void signedIn_pushWithoutBumps_countsForNothing() {
    for (boolean bumps : new boolean[] {true, false}) {
      Session asking = new Session(LIMITS, new SendRates(ANY, ANY, 10, () -> 0), 0);
      Hello hello = Hello.newBuilder().setToken("t").setBumps(bumps).setPush(true).build();
      asking.frame(ClientFrame.newBuilder().setHello(hello).build(), 0);
      assertThat(asking.signedIn(ADA, Duration.ofHours(1), 0))
          .containsExactly(new Effect.Open(Resume.getDefaultInstance(), bumps, bumps, false));
    }
  }

  @Test
  void opened_freshSession_saysReadyUnderHellosRef() {
    ServerFrame ready = said(open().getFirst());
    assertThat(ready.getRef()).isEqualTo(5);
    assertThat(ready.getReady().getSessionToken()).isEqualTo("token");
    assertThat(ready.getReady().getUser()).isEqualTo(ADA);
    assertThat(ready.getReady().getHeartbeatInterval().getSeconds()).isEqualTo(30);
    assertThat(session.accepting()).isTrue();
  }

  @Test
  void opened_notResumedWithCursors_focusesThem() {
    List<Effect> effects = openWith(false, cursors(2));
    assertThat(effects.get(1)).isInstanceOf(Effect.Focus.class);
    Effect.Focus focus = (Effect.Focus) effects.get(1);
    assertThat(focus.wishes())
        .extracting(wish -> wish.view().getAfterSeq())
        .containsExactly(7L, 7L);
  }

  @Test
  void opened_resumed_leavesFocusAsItWas() {
    assertThat(openWith(true, cursors(2))).hasSize(1);
  }

  @Test
  void frame_moreCursorsThanAllowed_closesForGood() {
    Close close = closed(session.frame(helloWith(cursors(4)), 0));
    assertThat(close.getRefusal().getReason()).isEqualTo(Reason.REASON_TOO_MANY);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEVER);
  }

  @Test
  void frame_somethingElseFirst_closesForGood() {
    Close close = closed(session.frame(heartbeat(), 0));
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_PROTOCOL);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEVER);
    assertThat(close.getRefusal().getReason()).isEqualTo(Reason.REASON_HELLO_EXPECTED);
    assertThat(session.isEnded()).isTrue();
  }

  @Test
  void unreadable_asFirstFrame_closesForGood() {
    Refusal malformed = Refuse.because(Reason.REASON_MALFORMED).build();
    assertThat(closed(session.unreadable(0, malformed, 0)).getRefusal()).isEqualTo(malformed);
  }

  @Test
  void unreadable_inAnOpenSession_isRefusedAndGoesOn() {
    open();
    Refusal malformed = Refuse.because(Reason.REASON_MALFORMED).build();
    ServerFrame answer = said(only(session.unreadable(9, malformed, 0)));
    assertThat(answer.getRef()).isEqualTo(9);
    assertThat(answer.getRefusal()).isEqualTo(malformed);
    assertThat(session.isOpen()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {
        "REASON_TOKEN_MISSING",
        "REASON_TOKEN_EXPIRED",
        "REASON_TOKEN_INVALID",
        "REASON_TOKEN_WRONG_AUDIENCE"
      })
  void signInRefused_wrongToken_asksForANewOne(Reason reason) {
    session.frame(hello("t"), 0);
    Close close = closed(session.signInRefused(Refuse.because(reason).build()));
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_UNAUTHENTICATED);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEW_TOKEN);
    assertThat(close.getRefusal().getReason()).isEqualTo(reason);
  }

  @Test
  void signInRefused_keysUnavailable_isNotTheTokensFault() {
    session.frame(hello("t"), 0);
    Close close = closed(session.signInRefused(Refuse.because(Reason.REASON_UNAVAILABLE).build()));
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_INTERNAL);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_DELAYED);
    assertThat(close.hasRetryAfter()).isTrue();
  }

  @Test
  void frame_secondHello_isRefusedAndGoesOn() {
    open();
    assertThat(refused(session.frame(hello("t"), 0))).isEqualTo(Reason.REASON_HELLO_REPEATED);
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void frame_nothingInIt_isRefusedAndGoesOn() {
    open();
    assertThat(refused(session.frame(ClientFrame.newBuilder().setRef(3).build(), 0)))
        .isEqualTo(Reason.REASON_FRAME_UNKNOWN);
  }

  @Test
  void frame_heartbeat_isAnsweredUnderItsRef() {
    open();
    ServerFrame answer = said(only(session.frame(heartbeat(), 0)));
    assertThat(answer.hasHeartbeat()).isTrue();
    assertThat(answer.getRef()).isEqualTo(1);
  }

  @Test
  void time_anyFrameInTime_keepsTheSession() {
    open();
    session.frame(send(1, "x"), 39 * SECOND);
    assertThat(session.time(78 * SECOND)).isEmpty();
  }

  @Test
  void time_noFrameForIntervalAndGrace_closes() {
    open();
    assertThat(session.time(40 * SECOND)).isEmpty();
    Close close = closed(session.time(40 * SECOND + 1));
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_HEARTBEAT_MISSED);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NOW);
    assertThat(session.time(90 * SECOND)).isEmpty();
  }

  @Test
  void time_helloNeverCame_closes() {
    assertThat(closed(session.time(41 * SECOND)).getRefusal().getReason())
        .isEqualTo(Reason.REASON_HEARTBEAT_MISSED);
  }

  @Test
  void time_framesNotRead_isNotTheClientsSilence() {
    open();
    for (int i = 1; i <= 4; i++) {
      session.frame(send(i, "x"), 0);
    }
    assertThat(session.accepting()).isFalse();
    assertThat(session.time(100 * SECOND)).isEmpty();
    session.sent(1, Sent.getDefaultInstance());
    assertThat(session.time(139 * SECOND)).isEmpty();
  }

  @Test
  void time_tokenOver_closesWithTokenExpired() {
    session.frame(hello("t"), 0);
    session.signedIn(ADA, Duration.ofSeconds(20), 0);
    session.opened("token", List.of(), false, Timestamp.getDefaultInstance());
    assertThat(session.time(19 * SECOND)).isEmpty();
    Close close = closed(session.time(20 * SECOND));
    assertThat(close.getRefusal().getReason()).isEqualTo(Reason.REASON_TOKEN_EXPIRED);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEW_TOKEN);
  }

  @Test
  void send_sameChannelTwice_goesOneAfterTheOther() {
    open();
    assertThat(only(session.frame(send(1, "one"), 0))).isInstanceOf(Effect.Append.class);
    assertThat(session.frame(send(1, "two"), 0)).isEmpty();
    assertThat(only(session.frame(send(2, "other"), 0))).isInstanceOf(Effect.Append.class);
    List<Effect> effects = session.sent(1, Sent.newBuilder().setSeq(1).build());
    assertThat(said(effects.get(0)).getSent().getSeq()).isEqualTo(1);
    assertThat(((Effect.Append) effects.get(1)).send().getText()).isEqualTo("two");
  }

  @Test
  void sendRefused_withAnotherWaiting_answersAndGoesOn() {
    open();
    session.frame(send(1, "one"), 0);
    session.frame(send(1, "two"), 0);
    List<Effect> effects = session.sendRefused(1, Refuse.because(Reason.REASON_TIMEOUT).build());
    assertThat(said(effects.get(0)).getRefusal().getReason()).isEqualTo(Reason.REASON_TIMEOUT);
    assertThat(effects.get(1)).isInstanceOf(Effect.Append.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "\u00a0\u2003"})
  void send_blankText_isRefused(String text) {
    open();
    Refusal refusal = refusal(session.frame(send(1, text), 0));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_TEXT_EMPTY);
    assertThat(refusal.getField()).isEqualTo("send.text");
  }

  @Test
  void send_textLength_countsCodePoints() {
    open();
    assertThat(only(session.frame(send(1, "🐦".repeat(4000)), 0)))
        .isInstanceOf(Effect.Append.class);
    Refusal refusal = refusal(session.frame(send(2, "🐦".repeat(4001)), 0));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_TEXT_TOO_LONG);
    assertThat(refusal.getValue()).isEqualTo("4001 code points");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 17, 64})
  void send_nonceOfWrongLength_isRefused(int length) {
    open();
    ClientFrame frame =
        ClientFrame.newBuilder()
            .setSend(
                Send.newBuilder()
                    .setChannelId(1)
                    .setText("x")
                    .setNonce(ByteString.copyFrom(new byte[length])))
            .build();
    assertThat(refused(session.frame(frame, 0)))
        .isEqualTo(length == 0 ? Reason.REASON_NONCE_MISSING : Reason.REASON_NONCE_LENGTH);
  }

  @Test
  void send_channelIdNotPositive_isRefused() {
    open();
    assertThat(refused(session.frame(send(0, "x"), 0))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void backfill_pageSizeOutOfRange_isRefused(int size) {
    open();
    Refusal refusal = refusal(session.frame(backfill(size), 0));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_PAGE_SIZE);
    assertThat(refusal.getValue()).isEqualTo(Integer.toString(size));
    assertThat(refusal.getExpected()).isEqualTo("1..1000");
  }

  @Test
  void answered_backfill_saysThePage() {
    open();
    Effect.ReadPage read = (Effect.ReadPage) only(session.frame(backfill(1000), 0));
    assertThat(read.pageSize()).isEqualTo(1000);
    ServerFrame answer =
        said(
            only(
                session.answered(
                    read.ref(),
                    ServerFrame.newBuilder()
                        .setBackfillPage(BackfillPage.newBuilder().setLastSeq(3)))));
    assertThat(answer.getBackfillPage().getLastSeq()).isEqualTo(3);
  }

  @Test
  void focus_moreThanAllowed_isRefusedWhole() {
    open();
    assertThat(refused(session.frame(focus(1, 2, 3, 4), 0))).isEqualTo(Reason.REASON_TOO_MANY);
  }

  @Test
  void focus_oneWrongChannel_leavesTheOthers() {
    open();
    List<Effect> effects = session.frame(focus(1, -2, 3), 0);
    assertThat(said(effects.get(0)).getRefusal().getReason()).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(((Effect.Focus) effects.get(1)).wishes())
        .extracting(wish -> wish.view().getChannelId())
        .containsExactly(1L, 3L);
  }

  @Test
  void halfClose_nothingInFlight_finishes() {
    open();
    assertThat(session.halfClose()).containsExactly(new Effect.Finish());
  }

  @Test
  void halfClose_sendInFlight_finishesAfterItsAnswer() {
    open();
    session.frame(send(1, "x"), 0);
    assertThat(session.halfClose()).isEmpty();
    List<Effect> effects = session.sent(1, Sent.getDefaultInstance());
    assertThat(effects).hasSize(2).last().isEqualTo(new Effect.Finish());
  }

  @Test
  void end_twice_endsOnce() {
    open();
    assertThat(session.end(Closes.stopping())).hasSize(1);
    assertThat(session.end(Closes.tooSlow())).isEmpty();
    assertThat(session.frame(heartbeat(), 0)).isEmpty();
    assertThat(session.sent(1, Sent.getDefaultInstance())).isEmpty();
  }

  private List<Effect> open() {
    return openWith(false, Resume.getDefaultInstance());
  }

  private List<Effect> openWith(boolean resumed, Resume resume) {
    session.frame(helloWith(resume), 0);
    session.signedIn(ADA, Duration.ofHours(1), 0);
    return session.opened("token", List.of(1L), resumed, Timestamp.getDefaultInstance());
  }

  private static Effect only(List<Effect> effects) {
    assertThat(effects).hasSize(1);
    return effects.getFirst();
  }

  private static ServerFrame said(Effect effect) {
    assertThat(effect).isInstanceOf(Effect.Say.class);
    return ((Effect.Say) effect).frame();
  }

  private static Refusal refusal(List<Effect> effects) {
    return said(only(effects)).getRefusal();
  }

  private static Reason refused(List<Effect> effects) {
    return refusal(effects).getReason();
  }

  private static Close closed(List<Effect> effects) {
    assertThat(only(effects)).isInstanceOf(Effect.End.class);
    return ((Effect.End) effects.getFirst()).close();
  }

  private static ClientFrame hello(String token) {
    return ClientFrame.newBuilder().setRef(5).setHello(Hello.newBuilder().setToken(token)).build();
  }

  private static ClientFrame helloWith(Resume resume) {
    return ClientFrame.newBuilder()
        .setRef(5)
        .setHello(Hello.newBuilder().setToken("t").setResume(resume))
        .build();
  }

  private static Resume cursors(int count) {
    Resume.Builder resume = Resume.newBuilder();
    for (int i = 1; i <= count; i++) {
      resume.addCursors(Cursor.newBuilder().setChannelId(i).setSeq(7));
    }
    return resume.build();
  }

  private static ClientFrame heartbeat() {
    return ClientFrame.newBuilder().setRef(1).setHeartbeat(Heartbeat.getDefaultInstance()).build();
  }

  private static ClientFrame send(long channel, String text) {
    return ClientFrame.newBuilder()
        .setSend(
            Send.newBuilder()
                .setChannelId(channel)
                .setText(text)
                .setNonce(ByteString.copyFrom(new byte[16])))
        .build();
  }

  private static ClientFrame backfill(int size) {
    return ClientFrame.newBuilder()
        .setBackfill(Backfill.newBuilder().setChannelId(1).setPageSize(size))
        .build();
  }

  private static ClientFrame focus(long... channels) {
    Focus.Builder focus = Focus.newBuilder();
    for (long channel : channels) {
      focus.addViews(View.newBuilder().setChannelId(channel));
    }
    return ClientFrame.newBuilder().setFocus(focus).build();
  }
}
