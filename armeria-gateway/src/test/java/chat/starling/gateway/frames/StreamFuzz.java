package chat.starling.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.Refusal;
import chat.starling.gateway.frames.StreamStage.Pair;
import chat.starling.platform.wire.Http2Call;
import chat.starling.platform.wire.Http2Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Throws writes, flushes, take-backs, ends, resets, window changes and closed connections at
 * streams in any order. Streams that survive get every byte, the others a beginning of it.
 */
final class StreamFuzz {

  private static final int STEPS = 400;
  private static final int CONNECTIONS = 3;
  private static final int MOST_STREAMS = 12;

  private final StreamStage stage;
  private final Random random;
  private final List<Line> lines = new ArrayList<>();
  private final List<Http2Peer> peers = new ArrayList<>();

  /** A stream and what has been done to it. */
  private static final class Line {

    final Http2Peer peer;
    final Pair pair;
    boolean lost;
    boolean ended;

    Line(Http2Peer peer, Pair pair) {
      this.peer = peer;
      this.pair = pair;
    }

    Http2Call call() {
      return pair.call();
    }

    Opened opened() {
      return pair.opened();
    }
  }

  StreamFuzz(StreamStage stage, Random random) {
    this.stage = stage;
    this.random = random;
    for (int i = 0; i < CONNECTIONS; i++) {
      peers.add(stage.peer(random.nextInt(70_000)));
    }
  }

  void run() {
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    lines.forEach(this::settle);
    peers.forEach(peer -> assertThat(peer.broken()).isNull());
  }

  private void step() {
    if (lines.stream().filter(line -> !line.lost).count() < MOST_STREAMS / 2) {
      open();
      return;
    }
    Line line = lines.get(random.nextInt(lines.size()));
    switch (random.nextInt(40)) {
      case 0 -> open();
      case 1 -> reset(line);
      case 2 -> end(line);
      case 3 -> line.opened().run(stream -> line.opened().takeBack());
      case 4, 5 -> anyPeer().streamWindow(random.nextInt(70_000));
      case 6 -> closeSeldom(line.peer);
      case 7, 8, 9, 10, 11, 12, 13, 14, 15 -> line.call().read(random.nextInt(30_000));
      case 16, 17, 18, 19 -> line.opened().run(ClientStream::flush);
      default -> write(line);
    }
  }

  private void open() {
    if (lines.size() < MOST_STREAMS * 3) {
      Http2Peer peer = anyPeer();
      lines.add(new Line(peer, stage.open(peer)));
    }
  }

  private void write(Line line) {
    if (line.ended) {
      return;
    }
    int messages = 1 + random.nextInt(10);
    int bytes = random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(300);
    boolean flush = random.nextInt(4) > 0;
    line.opened()
        .run(stream -> {
          line.opened().write(messages, bytes);
          if (flush) {
            stream.flush();
          }
        });
  }

  private void reset(Line line) {
    line.call().reset();
    line.lost = true;
  }

  /** Within the seconds that last words may take, or the stream is cut. */
  private void end(Line line) {
    if (!line.ended) {
      line.ended = true;
      line.call().readAll();
      Close close = Close.newBuilder().setRefusal(Refusal.newBuilder().setStatus(8)).build();
      line.opened().run(stream -> stream.end(close));
    }
  }

  private void closeSeldom(Http2Peer peer) {
    if (random.nextInt(4) == 0) {
      peer.close();
      lines.stream().filter(line -> line.peer == peer).forEach(line -> line.lost = true);
      peers.remove(peer);
      peers.add(stage.peer(random.nextInt(70_000)));
    }
  }

  private void settle(Line line) {
    if (line.lost) {
      byte[] got = line.call().received();
      byte[] sent = line.opened().expected();
      assertThat(got.length).isLessThanOrEqualTo(sent.length);
      assertThat(got).isEqualTo(Arrays.copyOf(sent, got.length));
      return;
    }
    line.call().readAll();
    line.opened().run(ClientStream::flush);
    byte[] sent = line.opened().expected();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> line.call().size() >= sent.length);
    assertThat(line.call().received()).isEqualTo(sent);
    if (line.ended) {
      assertThat(line.call().end().join()).isEqualTo("grpc-status 8");
    }
  }

  private Http2Peer anyPeer() {
    return peers.get(random.nextInt(peers.size()));
  }
}
