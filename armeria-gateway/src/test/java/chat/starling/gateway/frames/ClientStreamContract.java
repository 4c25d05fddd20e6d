package chat.starling.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.Refusal;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.frames.StreamStage.Pair;
import chat.starling.platform.wire.Http2Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every writer promises, over real connections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientStreamContract {

  static final int MAX_PENDING = 256 * 1024;
  private static final int WIDE = 1024 * 1024;

  final StreamStage stage;

  ClientStreamContract(ClientStreams.Writer writer, boolean tls) {
    stage = new StreamStage(writer, tls, MAX_PENDING);
  }

  @AfterEach
  void hangUp() {
    stage.hangUp();
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void stream_randomWritesWindowsAndResets_bringsEveryByteOrAPrefix(long seed) {
    new StreamFuzz(stage, new Random(seed)).run();
  }

  @Test
  void flush_manyMessages_leaveInOrderInOneFrame() {
    Pair pair = stage.open(stage.peer(WIDE));
    settle(pair);
    int before = pair.call().frames();
    pair.opened()
        .run(stream -> {
          pair.opened().write(50, 100);
          stream.flush();
        });
    awaitEverything(pair);
    assertThat(pair.call().frames()).isEqualTo(before + 1);
  }

  @Test
  void flush_messageLargerThanAFrame_isSplit() {
    Pair pair = stage.open(stage.peer(WIDE));
    flushed(pair, 1, 100_000);
    awaitEverything(pair);
    assertThat(pair.call().longestFrame()).isLessThanOrEqualTo(16_384);
  }

  @Test
  void flush_streamWindowShut_keepsTheRestUntilItOpens() {
    Pair pair = stage.open(stage.peer(1_000));
    flushed(pair, 300, 1_000);
    AtomicBoolean drained = new AtomicBoolean();
    pair.opened().run(stream -> stream.whenDrained(() -> drained.set(true)));
    await().until(() -> pair.call().size() == 1_000);
    assertThat(pair.opened().ask(ClientStream::pendingBytes)).isPositive();
    assertThat(drained).isFalse();
    pair.call().readAll();
    awaitEverything(pair);
    await().untilTrue(drained);
    await().until(() -> pair.opened().ask(ClientStream::pendingBytes) == 0);
    assertThat(pair.opened().ask(ClientStream::departedBytes)).isEqualTo(300 * 1_005);
  }

  @Test
  void flush_moreThanAConnectionHolds_leavesBitByBit() {
    Pair pair = stage.open(stage.peer(16 * WIDE));
    flushed(pair, 2_000, 4_000);
    awaitEverything(pair);
  }

  @Test
  void takeBack_streamWindowShut_leavesWholeMessages() {
    Pair pair = stage.open(stage.peer(1_500));
    flushed(pair, 300, 1_000);
    await().until(() -> pair.call().size() == 1_500);
    List<Parcel> taken = new ArrayList<>();
    pair.opened().run(_ -> taken.addAll(pair.opened().takeBack()));
    assertThat(taken).isNotEmpty();
    assertThat(taken.getLast().seq()).isEqualTo(300);
    assertThat(taken.getFirst().seq()).isEqualTo(300 - taken.size() + 1);
    flushed(pair, 3, 500);
    pair.call().readAll();
    awaitEverything(pair);
  }

  @Test
  void end_streamWindowShut_comesBehindEverything() {
    Pair pair = stage.open(stage.peer(1_000));
    flushed(pair, 5, 1_000);
    pair.opened().run(stream -> stream.end(refusedWith(8)));
    await().until(() -> pair.call().size() == 1_000);
    assertThat(pair.call().end()).isNotDone();
    pair.call().readAll();
    assertThat(pair.call().end().join()).isEqualTo("grpc-status 8");
    assertThat(pair.call().received()).isEqualTo(pair.opened().expected());
  }

  @Test
  void finish_nothingPending_endsWithOk() {
    Pair pair = stage.open(stage.peer(WIDE));
    pair.opened().run(ClientStream::finish);
    assertThat(pair.call().end().join()).isEqualTo("grpc-status 0");
  }

  @Test
  void end_twice_saysTheFirstOnly() {
    Pair pair = stage.open(stage.peer(WIDE));
    pair.opened()
        .run(stream -> {
          stream.end(refusedWith(8));
          stream.end(refusedWith(13));
          pair.opened().stream.flush();
        });
    assertThat(pair.call().end().join()).isEqualTo("grpc-status 8");
  }

  @Test
  void reset_whileBytesWait_leavesTheOthersAndTheirWindow() {
    Http2Peer peer = stage.peer(20_000);
    Pair stays = stage.open(peer);
    for (int i = 0; i < 40; i++) {
      Pair goes = stage.open(peer);
      flushed(goes, 40, 1_000);
      await().until(() -> goes.call().size() > 0);
      goes.call().reset();
    }
    stays.call().readAll();
    flushed(stays, 500, 1_000);
    awaitEverything(stays);
    assertThat(peer.broken()).isNull();
  }

  /**
   * Who has sent and is idle must not keep so much of the connection's window that others starve.
   */
  @Test
  void flush_manyStreamsAreIdle_oneCanSendMoreThanTheConnectionsWindow() {
    int window = 16 * WIDE;
    Http2Peer peer = stage.peer(2 * window, window);
    List<Pair> idle = IntStream.range(0, 1_000).mapToObj(_ -> stage.open(peer)).toList();
    idle.forEach(pair -> flushed(pair, 1, 100));
    Pair busy = stage.open(peer);
    busy.call().readAll();
    flushed(busy, 24, WIDE);
    awaitEverything(busy);
    idle.forEach(ClientStreamContract::awaitEverything);
  }

  @Test
  void streamWindow_changedMeanwhile_isKeptTo() {
    Http2Peer peer = stage.peer(30_000);
    Pair pair = stage.open(peer);
    flushed(pair, 10, 1_000);
    awaitEverything(pair);
    peer.streamWindow(100);
    flushed(pair, 60, 1_000);
    peer.streamWindow(5_000);
    pair.call().readAll();
    flushed(pair, 60, 1_000);
    awaitEverything(pair);
    assertThat(peer.broken()).isNull();
  }

  @Test
  void write_afterTheClientIsGone_isForgotten() {
    Http2Peer peer = stage.peer(1_000);
    Pair pair = stage.open(peer);
    flushed(pair, 50, 1_000);
    peer.close();
    await().until(() -> pair.opened().stream.response().isComplete());
    flushed(pair, 50, 1_000);
    await().until(() -> pair.opened().ask(ClientStream::pendingMessages) == 0);
  }

  static void flushed(Pair pair, int messages, int bytes) {
    pair.opened()
        .run(stream -> {
          pair.opened().write(messages, bytes);
          stream.flush();
        });
  }

  /** One message has gone all the way, so that headers are no matter any more. */
  private static void settle(Pair pair) {
    flushed(pair, 1, 1);
    awaitEverything(pair);
  }

  static void awaitEverything(Pair pair) {
    byte[] expected = pair.opened().expected();
    await().until(() -> pair.call().size() >= expected.length || pair.call().end().isDone());
    assertThat(pair.call().received()).isEqualTo(expected);
  }

  static ConditionFactory await() {
    return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  private static Close refusedWith(int status) {
    return Close.newBuilder().setRefusal(Refusal.newBuilder().setStatus(status)).build();
  }
}
