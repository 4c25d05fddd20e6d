package chat.starling.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.harness.Cable;
import chat.starling.gateway.harness.FakeChannelServer;
import chat.starling.gateway.routing.Peer;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.settings.HostPort;
import chat.starling.platform.time.SystemTime;
import com.linecorp.armeria.common.util.EventLoopGroups;
import io.grpc.Status;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One channel server's circuit, and what the failures of calls to it mean. */
class LinkIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final int MIN_CALLS = 4;

  private final EventLoopGroup loops = EventLoopGroups.newEventLoopGroup(1);
  private FakeChannelServer server;
  private Cable cable;
  private Link link;

  @BeforeEach
  void start() throws IOException {
    server = new FakeChannelServer();
    cable = new Cable(server.port());
    var settings =
        new UpstreamSettings(
            PATIENCE,
            PATIENCE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            MIN_CALLS,
            0.5,
            Duration.ofMillis(200));
    Peer peer = Peer.at(new HostPort("127.0.0.1", cable.port()));
    link = new Link(peer, settings, loops, SystemTime.monotonic());
  }

  @AfterEach
  void stop() {
    link.close().join();
    cable.close();
    server.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void circuit_serverUnavailable_opensAndClosesOnceItIsBack() {
    server.setUnavailable(true);
    await().until(() -> reason(append(PATIENCE)) == Reason.REASON_UNAVAILABLE && link.isOpen());
    int before = server.appends().size();
    assertThat(reason(append(PATIENCE))).isEqualTo(Reason.REASON_UNAVAILABLE);
    assertThat(server.appends()).as("the call was not made").hasSizeLessThanOrEqualTo(before + 1);
    server.setUnavailable(false);
    await().until(() -> catchThrowable(append(PATIENCE)::join) == null);
    await().until(() -> !link.isOpen());
  }

  @Test
  void circuit_serverRefusesAsItShould_staysClosed() {
    server.setClaiming(false);
    for (int i = 0; i < 5 * MIN_CALLS; i++) {
      assertThat(reason(append(PATIENCE))).isEqualTo(Reason.REASON_NOT_OWNER);
    }
    server.setUnavailable(true);
    append(PATIENCE).handle((answer, fault) -> fault).join();
    assertThat(link.isOpen()).isFalse();
  }

  @Test
  void circuit_callsGivenUp_staysClosed() {
    server.holdAppends();
    for (int i = 1; i <= 5 * MIN_CALLS; i++) {
      int held = i;
      CompletableFuture<AppendResponse> call = append(PATIENCE);
      await().until(() -> server.held() == held);
      call.cancel(true);
    }
    server.answerAppends();
    append(PATIENCE).join();
    assertThat(link.isOpen()).isFalse();
  }

  @Test
  void circuit_serverFrozen_opensByTimeouts() {
    append(PATIENCE).join();
    cable.freeze();
    await().until(() -> reason(append(SHORT)) != Reason.REASON_INTERNAL && link.isOpen());
  }

  @Test
  void append_serverFrozen_leavesTheOutcomeOpen() {
    append(PATIENCE).join();
    cable.freeze();
    assertThat(reason(append(SHORT))).isEqualTo(Reason.REASON_TIMEOUT);
  }

  @Test
  void append_connectionLostBeforeTheAnswer_leavesTheOutcomeOpen() {
    server.holdAppends();
    CompletableFuture<AppendResponse> call = append(PATIENCE);
    await().until(() -> server.held() == 1);
    cable.cut();
    assertThat(reason(call)).isEqualTo(Reason.REASON_TIMEOUT);
  }

  @Test
  void append_nobodyThere_wasNotDone() {
    cable.close();
    assertThat(reason(append(PATIENCE))).isEqualTo(Reason.REASON_UNAVAILABLE);
  }

  @Test
  void append_linkClosed_fails() {
    link.close().join();
    assertThat(reason(append(PATIENCE))).isIn(Reason.REASON_TIMEOUT, Reason.REASON_UNAVAILABLE);
  }

  @Test
  void appends_ofOneTurnOfTheLoop_shareFrames() {
    append(PATIENCE).join();
    int sent = AppendStream.MAX_APPENDS + 44;
    List<CompletableFuture<AppendResponse>> calls =
        inOneTurn(() -> IntStream.range(0, sent).mapToObj(i -> append(PATIENCE)).toList());
    calls.forEach(CompletableFuture::join);
    assertThat(server.frames()).containsExactly(1, AppendStream.MAX_APPENDS, 44);
  }

  @Test
  void append_givenUpBeforeItIsSent_isNotSent() {
    inOneTurn(() -> append(PATIENCE).cancel(true));
    append(PATIENCE).join();
    assertThat(server.appends()).hasSize(1);
  }

  @Test
  void append_givenUp_leavesTheOthersOnTheStream() {
    server.holdAppends();
    CompletableFuture<AppendResponse> first = append(PATIENCE);
    CompletableFuture<AppendResponse> second = append(PATIENCE);
    await().until(() -> server.held() == 2);
    first.cancel(true);
    server.answerAppends();
    second.join();
    assertThat(first).isCancelled();
    assertThat(server.calls("AppendMany")).isEqualTo(1);
  }

  @Test
  void append_notAnsweredInTime_leavesTheOutcomeOpenAndTheStreamStands() {
    server.holdAppends();
    assertThat(reason(append(SHORT))).isEqualTo(Reason.REASON_TIMEOUT);
    await().until(() -> server.held() == 1);
    server.answerAppends();
    append(PATIENCE).join();
    assertThat(server.calls("AppendMany")).isEqualTo(1);
  }

  @Test
  void append_streamEndedBeforeTheAnswers_leavesAllOutcomesOpenAndTheNextOpensAnother() {
    server.holdAppends();
    CompletableFuture<AppendResponse> first = append(PATIENCE);
    CompletableFuture<AppendResponse> second = append(PATIENCE);
    await().until(() -> server.held() == 2);
    server.cutAppends();
    assertThat(reason(first)).isEqualTo(Reason.REASON_TIMEOUT);
    assertThat(reason(second)).isEqualTo(Reason.REASON_TIMEOUT);
    server.forgetHeldAppends();
    append(PATIENCE).join();
    assertThat(server.calls("AppendMany")).isEqualTo(2);
  }

  @Test
  void append_refused_failsWithTheServersRefusal() {
    server.setClaiming(false);
    server.hint("10.0.0.7:7420");
    Throwable fault = catchThrowable(append(PATIENCE)::join);
    assertThat(fault.getCause())
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.refusal().getStatus())
                  .isEqualTo(Status.Code.FAILED_PRECONDITION.value());
              assertThat(refused.refusal().getField()).isEqualTo("feed");
              assertThat(refused.refusal().getExpected()).isEqualTo("10.0.0.7:7420");
            });
  }

  private <T> T inOneTurn(Callable<T> step) {
    return loops.submit(step).syncUninterruptibly().getNow();
  }

  private CompletableFuture<AppendResponse> append(Duration patience) {
    FeedId feed = FeedId.newBuilder().setKind(FeedKind.FEED_KIND_CHANNEL).setId(1).build();
    return link.within(patience)
        .append(AppendRequest.newBuilder().setFeed(feed).setText("hello").build(), "");
  }

  private static Reason reason(CompletableFuture<?> call) {
    Throwable fault = catchThrowable(call::join);
    return fault != null && fault.getCause() instanceof RefusedException refused
        ? refused.reason()
        : Reason.REASON_UNSPECIFIED;
  }
}
