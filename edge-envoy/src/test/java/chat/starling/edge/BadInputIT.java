package chat.starling.edge;

import static chat.starling.edge.RawSession.hello;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.HistoryServiceGrpc;
import chat.starling.api.v1.ListChannelsRequest;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that a client can get wrong, through Envoy: the answer says what, and only a lost
 * session ends its stream.
 */
class BadInputIT {

  private static final RunningStack STACK = RunningStack.shared();
  private static final long UNKNOWN = 999;

  @Test
  void hello_withoutToken_isClosed() {
    assertClosed(RawSession.open(STACK.channel()).send(hello("")), Reason.REASON_TOKEN_MISSING);
  }

  @Test
  void hello_expiredToken_isClosed() {
    String token = STACK.tokens().expired("alice");
    assertClosed(RawSession.open(STACK.channel()).send(hello(token)), Reason.REASON_TOKEN_EXPIRED);
  }

  @Test
  void hello_tokenOfAForeignKey_isClosed() {
    String token = STACK.tokens().foreign("alice");
    assertClosed(RawSession.open(STACK.channel()).send(hello(token)), Reason.REASON_TOKEN_INVALID);
  }

  @Test
  void hello_tokenForAnotherAudience_isClosed() {
    String token = STACK.tokens().otherAudience("alice");
    assertClosed(
        RawSession.open(STACK.channel()).send(hello(token)), Reason.REASON_TOKEN_WRONG_AUDIENCE);
  }

  @Test
  void firstFrame_notHello_isClosedForGood() {
    RawSession session = RawSession.open(STACK.channel()).send(heartbeat());
    ServerFrame frame = session.next();
    assertThat(frame.getClose().getCode()).isEqualTo(CloseCode.CLOSE_CODE_PROTOCOL);
    assertThat(frame.getClose().getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEVER);
    assertThat(frame.getClose().getRefusal().getReason()).isEqualTo(Reason.REASON_HELLO_EXPECTED);
    assertThat(session.end().status().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void secondHello_isRefusedAndTheStreamGoesOn() {
    RawSession session = session("alice").send(hello(STACK.token("alice")));
    assertThat(session.next().getRefusal().getReason()).isEqualTo(Reason.REASON_HELLO_REPEATED);
    assertAlive(session);
  }

  static Stream<Arguments> badSends() {
    ByteString nonce = nonce();
    return Stream.of(
        Arguments.of(
            "unknown channel",
            send(UNKNOWN, nonce, "hi"),
            Reason.REASON_CHANNEL_NOT_FOUND,
            "send.channel_id",
            "999"),
        Arguments.of("empty text", send(0, nonce, ""), Reason.REASON_TEXT_EMPTY, "send.text", ""),
        Arguments.of(
            "blank text", send(0, nonce, " \n\t"), Reason.REASON_TEXT_EMPTY, "send.text", null),
        Arguments.of(
            "4,001 code points",
            send(0, nonce, "🐦".repeat(4001)),
            Reason.REASON_TEXT_TOO_LONG,
            "send.text",
            "4001"),
        Arguments.of(
            "no nonce",
            send(0, ByteString.EMPTY, "hi"),
            Reason.REASON_NONCE_MISSING,
            "send.nonce",
            ""),
        Arguments.of(
            "long nonce",
            send(0, ByteString.copyFrom(new byte[17]), "hi"),
            Reason.REASON_NONCE_LENGTH,
            "send.nonce",
            "17"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badSends")
  void send_bad_isRefusedByFieldAndTheStreamGoesOn(
      String what,
      Send send,
      Reason reason,
      String field,
      @org.jspecify.annotations.Nullable String value) {
    RawSession session = session("alice");
    long channel = send.getChannelId() == 0 ? STACK.channelOf("alice") : send.getChannelId();
    session.send(
        ClientFrame.newBuilder().setRef(5).setSend(send.toBuilder().setChannelId(channel)).build());
    ServerFrame answer = session.next();
    assertThat(answer.getRef()).isEqualTo(5);
    assertRefusal(answer.getRefusal(), reason, field);
    if (value != null) {
      assertThat(answer.getRefusal().getValue()).startsWith(value);
    }
    assertAlive(session);
  }

  @Test
  void send_textNotUtf8_isRefusedByFieldAndTheStreamGoesOn() {
    RawSession session = session("alice");
    byte[] broken =
        ClientFrame.newBuilder().setRef(6).setSend(send(1, nonce(), "abcd")).build().toByteArray();
    broken[indexOf(broken, "abcd") + 1] = (byte) 0xFF;
    session.send(broken);
    assertRefusal(session.next().getRefusal(), Reason.REASON_NOT_UTF8, "send.text");
    assertAlive(session);
  }

  @Test
  void frame_notProtobuf_isRefusedAndTheStreamGoesOn() {
    RawSession session = session("alice").send(new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2, 3});
    assertThat(session.next().getRefusal().getReason()).isEqualTo(Reason.REASON_MALFORMED);
    assertAlive(session);
  }

  @Test
  void send_notAMember_isRefused() {
    long channel = STACK.channelOf("alice");
    RawSession session = session("mallory");
    session.send(ClientFrame.newBuilder().setSend(send(channel, nonce(), "let me in")).build());
    assertRefusal(session.next().getRefusal(), Reason.REASON_NOT_A_MEMBER, "send.channel_id");
    assertAlive(session);
  }

  @Test
  void frame_overTheLimit_endsTheStreamWithItsReason() {
    RawSession session = session("alice").send(new byte[128 * 1024]);
    RawSession.End end = session.end();
    assertThat(end.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(StatusDetails.errorInfo(end.trailers()).getReason()).isEqualTo("TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void pageSize_outOfRange_isRefused(int pageSize) {
    long channel = STACK.channelOf("alice");
    var history = HistoryServiceGrpc.newBlockingStub(STACK.channel(STACK.token("alice")));
    var channels = ChannelServiceGrpc.newBlockingStub(STACK.channel(STACK.token("alice")));
    var messages =
        ListMessagesRequest.newBuilder().setChannelId(channel).setPageSize(pageSize).build();
    var list = ListChannelsRequest.newBuilder().setWorkspaceId(1).setPageSize(pageSize).build();
    assertPageSize(() -> history.listMessages(messages), pageSize);
    assertPageSize(() -> channels.listChannels(list), pageSize);
    RawSession session = session("alice");
    var backfill = Backfill.newBuilder().setChannelId(channel).setPageSize(pageSize);
    session.send(ClientFrame.newBuilder().setBackfill(backfill).build());
    assertRefusal(session.next().getRefusal(), Reason.REASON_PAGE_SIZE, "backfill.page_size");
  }

  @Test
  void cursor_fromTheFuture_isRefusedForItsChannelOnly() {
    long channel = STACK.channelOf("alice");
    RawSession session = session("alice");
    var view = View.newBuilder().setChannelId(channel).setAfterSeq(1_000_000);
    session.send(ClientFrame.newBuilder().setFocus(Focus.newBuilder().addViews(view)).build());
    assertRefusal(
        session.next().getRefusal(), Reason.REASON_CURSOR_AHEAD, "focus.views[0].after_seq");
    var backfill = Backfill.newBuilder().setChannelId(channel).setAfterSeq(1_000_000);
    session.send(ClientFrame.newBuilder().setBackfill(backfill).build());
    assertRefusal(session.next().getRefusal(), Reason.REASON_CURSOR_AHEAD, "backfill.after_seq");
    assertAlive(session);
  }

  @Test
  void heartbeats_thatStop_closeTheSession() {
    RawSession session = session("alice");
    ServerFrame close = session.next();
    assertThat(close.getClose().getCode()).isEqualTo(CloseCode.CLOSE_CODE_HEARTBEAT_MISSED);
    assertThat(close.getClose().getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NOW);
    assertThat(session.end().status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void garbage_onTheTlsPort_disturbsNobody() throws IOException {
    RawSession session = session("alice");
    byte[] garbage = new byte[4096];
    new Random(7).nextBytes(garbage);
    garbage[0] = 0x7F;
    try (Socket socket = new Socket("localhost", STACK.edgePort())) {
      socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      socket.getOutputStream().write(garbage);
      assertThat(readToEnd(socket)).isLessThan(garbage.length);
    }
    assertAlive(session);
  }

  @Test
  void rpc_unknown_isUnimplementedWithItsReason() {
    var method =
        HistoryServiceGrpc.getListMessagesMethod().toBuilder()
            .setFullMethodName(
                MethodDescriptor.generateFullMethodName("starling.v1.HistoryService", "Nope"))
            .build();
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    STACK.channel(),
                    method,
                    CallOptions.DEFAULT,
                    ListMessagesRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(StatusDetails.errorInfo(refused.getTrailers()).getReason())
        .isEqualTo("METHOD_UNKNOWN");
  }

  @Test
  void unary_withoutToken_isRefused() {
    var history = HistoryServiceGrpc.newBlockingStub(STACK.channel());
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> history.listMessages(ListMessagesRequest.newBuilder().setChannelId(1).build()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(StatusDetails.errorInfo(refused.getTrailers()).getReason())
        .isEqualTo("TOKEN_MISSING");
  }

  private static RawSession session(String user) {
    return RawSession.ready(STACK.channel(), STACK.token(user));
  }

  private static ClientFrame heartbeat() {
    return ClientFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();
  }

  private static Send send(long channel, ByteString nonce, String text) {
    return Send.newBuilder().setChannelId(channel).setNonce(nonce).setText(text).build();
  }

  private static ByteString nonce() {
    UUID uuid = UUID.randomUUID();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).flip();
    return ByteString.copyFrom(bytes);
  }

  private static void assertAlive(RawSession session) {
    session.send(heartbeat());
    assertThat(session.next().hasHeartbeat()).isTrue();
    session.cancel();
  }

  private static void assertClosed(RawSession session, Reason reason) {
    ServerFrame frame = session.next();
    assertThat(frame.getClose().getCode()).isEqualTo(CloseCode.CLOSE_CODE_UNAUTHENTICATED);
    assertThat(frame.getClose().getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NEW_TOKEN);
    assertThat(frame.getClose().getRefusal().getReason()).isEqualTo(reason);
    assertThat(frame.getClose().getRefusal().getField()).isEqualTo("hello.token");
    RawSession.End end = session.end();
    assertThat(end.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat("REASON_" + StatusDetails.errorInfo(end.trailers()).getReason())
        .isEqualTo(reason.name());
  }

  private static void assertRefusal(Refusal refusal, Reason reason, String field) {
    assertThat(refusal.getReason()).isEqualTo(reason);
    assertThat(refusal.getField()).isEqualTo(field);
    assertThat(refusal.getStatus()).isNotZero();
    assertThat(refusal.getExpected()).isNotEmpty();
    assertThat(refusal.getMessage()).isNotEmpty();
  }

  private static void assertPageSize(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, int pageSize) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    ErrorInfo info = StatusDetails.errorInfo(refused.getTrailers());
    assertThat(info.getReason()).isEqualTo("PAGE_SIZE");
    assertThat(info.getMetadataMap())
        .containsEntry("field", "page_size")
        .containsEntry("value", String.valueOf(pageSize))
        .containsEntry("expected", "1..1000");
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }

  private static int readToEnd(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes().length;
    } catch (IOException reset) {
      return 0;
    }
  }
}
