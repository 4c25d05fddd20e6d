package chat.starling.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.Sent;
import chat.starling.gateway.limits.Rate;
import chat.starling.gateway.limits.SendRates;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast a session's client may send, how rarely it may be heard, and how it is sent away. */
class SessionBoundsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Author ADA = Author.newBuilder().setUserId(1).setDisplayName("Ada").build();

  /** 10 frames a second. */
  private static final SessionLimits LIMITS =
      new SessionLimits(
          new Heartbeats(seconds(30), seconds(5), seconds(90), seconds(10)),
          3,
          4,
          new Rate(10, seconds(1)));

  private long now;
  private final SendRates rates =
      new SendRates(new Rate(2, seconds(2)), new Rate(1000, seconds(1)), 10, () -> now);
  private final Session session = new Session(LIMITS, rates, 0);

  @Test
  void send_moreThanTheRate_isRefusedWithTheTimeToWait() {
    open(session);
    assertThat(session.frame(send(1), now)).first().isInstanceOf(Effect.Append.class);
    session.frame(send(1), now);
    Refusal refusal = refusal(session.frame(send(1), now));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_RATE_LIMITED);
    assertThat(refusal.getField()).isEqualTo("send.channel_id");
    assertThat(refusal.getExpected())
        .isEqualTo("at most 2 messages in 2 s by one user in one channel");
    assertThat(Durations.toMillis(refusal.getRetryAfter())).isEqualTo(1000);
    assertThat(session.frame(send(2), now)).first().isInstanceOf(Effect.Append.class);
  }

  @Test
  void send_fromTwoConnectionsOfOneUser_isCountedTogether() {
    Session other = new Session(LIMITS, rates, 0);
    open(session);
    open(other);
    session.frame(send(1), now);
    other.frame(send(1), now);
    assertThat(refusal(other.frame(send(1), now)).getReason())
        .isEqualTo(Reason.REASON_RATE_LIMITED);
    now = SECOND;
    assertThat(session.frame(send(1), now)).isEmpty();
  }

  @Test
  void frame_tooFast_isRefusedUnderItsRefAndTheStreamGoesOn() {
    open(session);
    IntStream.range(0, 10).forEach(i -> session.frame(heartbeat(), 0));
    List<Effect> effects = session.frame(heartbeat(), 0);
    assertThat(((Effect.Say) effects.getFirst()).frame().getRef()).isEqualTo(7);
    Refusal refusal = refusal(effects);
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_RATE_LIMITED);
    assertThat(Durations.toMillis(refusal.getRetryAfter())).isEqualTo(100);
    assertThat(((Effect.Say) session.frame(heartbeat(), SECOND / 10).getFirst()).frame())
        .matches(frame -> frame.hasHeartbeat());
  }

  @Test
  void unreadable_tooFast_isCountedAsWell() {
    open(session);
    Refusal broken = Refusal.newBuilder().setReason(Reason.REASON_MALFORMED).build();
    IntStream.range(0, 10).forEach(i -> session.unreadable(0, broken, 0));
    assertThat(refusal(session.unreadable(0, broken, 0)).getReason())
        .isEqualTo(Reason.REASON_RATE_LIMITED);
  }

  @Test
  void frame_refusalsIgnored_closesForAWhile() {
    open(session);
    IntStream.range(0, 20).forEach(i -> session.frame(heartbeat(), 0));
    Close close = closed(session.frame(heartbeat(), 0));
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_RATE_LIMITED);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_DELAYED);
    assertThat(close.getRetryAfter().getSeconds()).isEqualTo(10);
    assertThat(close.getRefusal().getReason()).isEqualTo(Reason.REASON_RATE_LIMITED);
  }

  @ParameterizedTest
  @CsvSource({
    "45, 0, 45000",
    "1, 0, 5000",
    "-3, 0, 5000",
    "90, 1, 90000",
    "86400, 0, 90000",
    "9223372036854775807, 999999999, 90000",
    "-9223372036854775808, -999999999, 5000",
    "5, 500000000, 5500",
  })
  void hello_wantedHeartbeat_isKeptWithinBoundsAndSaid(long seconds, int nanos, long holds) {
    Duration wanted = Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    session.frame(hello(Hello.newBuilder().setToken("t").setHeartbeatInterval(wanted)), 0);
    session.signedIn(ADA, java.time.Duration.ofHours(1), 0);
    List<Effect> effects =
        session.opened("token", List.of(), false, Timestamp.newBuilder().build());
    var ready = ((Effect.Say) effects.getFirst()).frame().getReady();
    assertThat(Durations.toMillis(ready.getHeartbeatInterval())).isEqualTo(holds);
    long alive = holds * 1_000_000 + 10 * SECOND;
    assertThat(session.time(alive)).isEmpty();
    assertThat(closed(session.time(alive + 1)).getCode())
        .isEqualTo(CloseCode.CLOSE_CODE_HEARTBEAT_MISSED);
  }

  @Test
  void hello_withSomethingToResume_isToldApart() {
    Hello.Builder hello = Hello.newBuilder().setToken("t");
    assertThat(signIn(hello.setResume(Resume.getDefaultInstance())).comesBack()).isFalse();
    assertThat(signIn(hello.setResume(Resume.newBuilder().setSessionToken("s"))).comesBack())
        .isTrue();
  }

  @Test
  void depart_nothingUnderWay_closesForAnotherGateway() {
    open(session);
    Close close = closed(session.depart());
    assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_STOPPING);
    assertThat(close.getReconnect()).isEqualTo(ReconnectRule.RECONNECT_RULE_NOW);
  }

  @Test
  void depart_sendsUnderWay_takesNoMoreAndClosesAfterTheirAnswers() {
    open(session);
    session.frame(send(1), 0);
    session.frame(send(1), 0);
    assertThat(session.depart()).isEmpty();
    assertThat(session.accepting()).isFalse();
    assertThat(session.frame(send(2), 0)).isEmpty();
    assertThat(session.sent(1, Sent.getDefaultInstance()))
        .hasSize(2)
        .last()
        .isInstanceOf(Effect.Append.class);
    List<Effect> last = session.sent(1, Sent.getDefaultInstance());
    assertThat(((Effect.Say) last.getFirst()).frame().hasSent()).isTrue();
    assertThat(closed(last.subList(1, 2)).getCode()).isEqualTo(CloseCode.CLOSE_CODE_STOPPING);
  }

  @Test
  void depart_beforeTheSessionStands_closesAtOnce() {
    session.frame(hello(Hello.newBuilder().setToken("t")), 0);
    assertThat(closed(session.depart()).getCode()).isEqualTo(CloseCode.CLOSE_CODE_STOPPING);
  }

  private static void open(Session session) {
    session.frame(hello(Hello.newBuilder().setToken("t")), 0);
    session.signedIn(ADA, java.time.Duration.ofHours(1), 0);
    session.opened("token", List.of(1L), false, Timestamp.getDefaultInstance());
  }

  private Effect.SignIn signIn(Hello.Builder hello) {
    return (Effect.SignIn) new Session(LIMITS, rates, 0).frame(hello(hello), 0).getFirst();
  }

  private static Refusal refusal(List<Effect> effects) {
    assertThat(effects).hasSize(1);
    return ((Effect.Say) effects.getFirst()).frame().getRefusal();
  }

  private static Close closed(List<Effect> effects) {
    assertThat(effects).hasSize(1);
    return ((Effect.End) effects.getFirst()).close();
  }

  private static ClientFrame hello(Hello.Builder hello) {
    return ClientFrame.newBuilder().setHello(hello).build();
  }

  private static ClientFrame heartbeat() {
    return ClientFrame.newBuilder().setRef(7).setHeartbeat(Heartbeat.getDefaultInstance()).build();
  }

  private static ClientFrame send(long channel) {
    Send.Builder send =
        Send.newBuilder()
            .setChannelId(channel)
            .setText("x")
            .setNonce(ByteString.copyFrom(new byte[16]));
    return ClientFrame.newBuilder().setSend(send).build();
  }

  private static java.time.Duration seconds(int seconds) {
    return java.time.Duration.ofSeconds(seconds);
  }
}
