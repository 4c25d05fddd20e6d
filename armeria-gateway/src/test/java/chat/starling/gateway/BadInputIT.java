package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Send;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import chat.starling.gateway.harness.TestIssuer;
import chat.starling.platform.rpc.RefusalStatus;
import chat.starling.platform.time.SystemTime;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client can do wrong on its stream, and what it is told. */
class BadInputIT {

  private static Stage stage;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.with(Map.of());
    stage.channels.directory().channel(20, 1, "not-for-ada", 2L);
    stage.channels.directory().channel(30, 7, "elsewhere", 1L);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void hello_noToken_closesForANewOne() {
    expectSignInRefused("", Reason.REASON_TOKEN_MISSING);
  }

  @Test
  void hello_expiredToken_closesForANewOne() {
    Date over = Date.from(SystemTime.wall().instant().minusSeconds(3600));
    expectSignInRefused(
        stage.issuer.token(claims -> claims.expirationTime(over)), Reason.REASON_TOKEN_EXPIRED);
  }

  @Test
  void hello_wronglySignedToken_closesForANewOne() {
    expectSignInRefused(
        TestIssuer.sign(UnaryOperator.identity(), TestIssuer.key("key-1")),
        Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void hello_tokenForAnotherService_closesForANewOne() {
    expectSignInRefused(
        stage.issuer.token(claims -> claims.audience("mail")), Reason.REASON_TOKEN_WRONG_AUDIENCE);
  }

  private void expectSignInRefused(String token, Reason reason) {
    Phone phone = Phone.connect(stage.client, token);
    Close close = phone.close();
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_UNAUTHENTICATED);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEW_TOKEN);
    expectEnd(phone, close, reason, Status.Code.UNAUTHENTICATED);
  }

  @Test
  void connect_heartbeatFirst_closesForGood() {
    Phone phone = Phone.dial(stage.client);
    phone.heartbeat();
    expectProtocolClose(phone, Reason.REASON_HELLO_EXPECTED, Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void connect_garbageFirst_closesForGood() {
    Phone phone = Phone.dial(stage.client);
    phone.sayRaw(new byte[] {(byte) 0xff, (byte) 0xff, 3});
    expectProtocolClose(phone, Reason.REASON_MALFORMED, Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void connect_frameOverTheLimit_closesForGood() {
    Phone phone = open();
    phone.sayRaw(new byte[70_000]);
    expectProtocolClose(phone, Reason.REASON_TOO_LARGE, Status.Code.RESOURCE_EXHAUSTED);
  }

  private static void expectProtocolClose(Phone phone, Reason reason, Status.Code status) {
    Close close = phone.close();
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_PROTOCOL);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEVER);
    expectEnd(phone, close, reason, status);
  }

  /** The trailers say what Close says. */
  private static void expectEnd(Phone phone, Close close, Reason reason, Status.Code status) {
    assertThat(close.getRefusal().getReason()).isEqualTo(reason);
    assertThat(phone.endCode()).isEqualTo(status);
    assertThat(RefusalStatus.fromThrowable(phone.end())).contains(close.getRefusal());
  }

  @Test
  void frame_secondHello_isRefusedAndTheStreamGoesOn() {
    Phone phone = open();
    int ref = phone.say(ClientFrame.newBuilder().setHello(Hello.getDefaultInstance()));
    expectRefusal(phone, ref, Reason.REASON_HELLO_REPEATED, "hello");
  }

  @Test
  void frame_garbage_isRefusedAndTheStreamGoesOn() {
    Phone phone = open();
    phone.sayRaw(new byte[] {(byte) 0xff, 1, 2, 3});
    expectRefusal(phone, 0, Reason.REASON_MALFORMED, "");
  }

  @Test
  void frame_unknownContent_isRefusedAndTheStreamGoesOn() {
    Phone phone = open();
    int ref = phone.say(ClientFrame.newBuilder());
    expectRefusal(phone, ref, Reason.REASON_FRAME_UNKNOWN, "frame");
  }

  @Test
  void send_textNotUtf8_isRefusedUnderItsRef() {
    Phone phone = open();
    byte[] bytes =
        ClientFrame.newBuilder()
            .setRef(4711)
            .setSend(Phone.message(Stage.CHANNEL, "a broken word"))
            .build()
            .toByteArray();
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("broken")] = (byte) 0xc0;
    phone.sayRaw(bytes);
    expectRefusal(phone, 4711, Reason.REASON_NOT_UTF8, "send.text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n"})
  void send_emptyText_isRefused(String text) {
    Phone phone = open();
    expectRefusal(phone, phone.send(Stage.CHANNEL, text), Reason.REASON_TEXT_EMPTY, "send.text");
  }

  @Test
  void send_textTooLong_isRefused() {
    Phone phone = open();
    int ref = phone.send(Stage.CHANNEL, "x".repeat(4001));
    Refusal refusal = expectRefusal(phone, ref, Reason.REASON_TEXT_TOO_LONG, "send.text");
    assertThat(refusal.getValue()).isEqualTo("4001 code points");
    assertThat(refusal.getExpected()).startsWith("1..4000");
  }

  @Test
  void send_longestText_isTaken() {
    Phone phone = open();
    int ref = phone.send(Stage.CHANNEL, "🐦".repeat(4000));
    assertThat(phone.next().getRef()).isEqualTo(ref);
  }

  @Test
  void send_noNonce_isRefused() {
    expectNonceRefused(0, Reason.REASON_NONCE_MISSING);
  }

  @Test
  void send_longNonce_isRefused() {
    expectNonceRefused(17, Reason.REASON_NONCE_LENGTH);
  }

  private void expectNonceRefused(int length, Reason reason) {
    Phone phone = open();
    Send.Builder send =
        Phone.message(Stage.CHANNEL, "x").setNonce(ByteString.copyFrom(new byte[length]));
    int ref = phone.say(ClientFrame.newBuilder().setSend(send));
    expectRefusal(phone, ref, reason, "send.nonce");
  }

  @Test
  void send_unknownChannel_isRefused() {
    Phone phone = open();
    expectRefusal(phone, phone.send(404, "x"), Reason.REASON_CHANNEL_NOT_FOUND, "send.channel_id");
  }

  @Test
  void send_notAMember_isRefused() {
    Phone phone = open();
    expectRefusal(phone, phone.send(20, "x"), Reason.REASON_NOT_A_MEMBER, "send.channel_id");
  }

  @Test
  void send_channelOfAnotherWorkspace_isNotFound() {
    Phone phone = open();
    expectRefusal(phone, phone.send(30, "x"), Reason.REASON_CHANNEL_NOT_FOUND, "send.channel_id");
  }

  @Test
  void focus_wrongChannels_areRefusedOneByOne() {
    Phone phone = open();
    int ref = phone.focus(Phone.live(404), Phone.live(20));
    assertThat(phone.refusal(ref).getReason())
        .isIn(Reason.REASON_CHANNEL_NOT_FOUND, Reason.REASON_NOT_A_MEMBER);
    assertThat(phone.refusal(ref).getReason())
        .isIn(Reason.REASON_CHANNEL_NOT_FOUND, Reason.REASON_NOT_A_MEMBER);
    phone.expectAlive();
  }

  @Test
  void focus_cursorFromTheFuture_isRefused() {
    Phone phone = open();
    int ref = phone.focus(Phone.after(Stage.CHANNEL, 1_000_000));
    expectRefusal(phone, ref, Reason.REASON_CURSOR_AHEAD, "focus.views[0].after_seq");
  }

  @Test
  void backfill_cursorFromTheFuture_isRefused() {
    Phone phone = open();
    ClientFrame.Builder frame = backfill(Stage.CHANNEL);
    frame.getBackfillBuilder().setAfterSeq(1_000_000);
    int ref = phone.say(frame);
    expectRefusal(phone, ref, Reason.REASON_CURSOR_AHEAD, "backfill.after_seq");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void backfill_pageSizeOutOfRange_isRefused(int size) {
    Phone phone = open();
    ClientFrame.Builder frame = backfill(Stage.CHANNEL);
    frame.getBackfillBuilder().setPageSize(size);
    Refusal refusal =
        expectRefusal(phone, phone.say(frame), Reason.REASON_PAGE_SIZE, "backfill.page_size");
    assertThat(refusal.getValue()).isEqualTo(Integer.toString(size));
    assertThat(refusal.getExpected()).isEqualTo("1..1000");
  }

  @Test
  void backfill_notAMember_isRefused() {
    Phone phone = open();
    expectRefusal(
        phone, phone.say(backfill(20)), Reason.REASON_NOT_A_MEMBER, "backfill.channel_id");
  }

  private static ClientFrame.Builder backfill(long channel) {
    return ClientFrame.newBuilder().setBackfill(Backfill.newBuilder().setChannelId(channel));
  }

  private static Phone open() {
    Phone phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
    return phone;
  }

  private static Refusal expectRefusal(Phone phone, int ref, Reason reason, String field) {
    Refusal refusal = phone.refusal(ref);
    assertThat(refusal.getReason()).isEqualTo(reason);
    assertThat(refusal.getField()).isEqualTo(field);
    assertThat(refusal.getStatus()).isNotZero();
    assertThat(refusal.getMessage()).isNotEmpty();
    phone.expectAlive();
    return refusal;
  }
}
