package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Sent;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.platform.wire.Http2Peer;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/**
 * Clients by TLS through Envoy that reset streams, close connections, and open and shut their
 * windows at random while a channel is busy. Streams that survive get every event once, in order
 * and with the bytes that all others get; the others a beginning of that.
 */
class FrameFuzzIT {

  private static final int MESSAGES = 3_000;
  private static final int IN_FLIGHT = 64;
  private static final int CONNECTIONS = 4;
  private static final int STREAMS = 10;
  private static final int WIDEST = 40_000;

  private final RunningStack stack = RunningStack.shared();
  private final Random random = new Random(20_260_707);
  private final long channel = stack.createChannel("fuzz-talker", "fuzz-" + UUID.randomUUID());
  private final List<Http2Peer> peers = new ArrayList<>();
  private final List<RawStream> streams = new ArrayList<>();

  @Test
  void streams_randomResetsWindowsAndCloses_survivorsGetEveryByte() {
    stack.join("fuzz-viewer", channel);
    for (int i = 0; i < CONNECTIONS; i++) {
      peers.add(Http2Peer.tls(stack.edgePort(), random.nextInt(WIDEST)));
    }
    talk();
    settle();
    peers.forEach(Http2Peer::close);
  }

  private void step() {
    streams.forEach(RawStream::beat);
    if (streams.stream().filter(RawStream::isAlive).count() < STREAMS) {
      streams.add(RawStream.open(anyPeer(), stack.token("fuzz-viewer"), channel));
      return;
    }
    RawStream stream = streams.get(random.nextInt(streams.size()));
    switch (random.nextInt(60)) {
      case 0 -> stream.reset();
      case 1, 2 -> anyPeer().streamWindow(random.nextInt(WIDEST));
      case 3 -> closeSeldom(stream.peer());
      default -> stream.call().read(random.nextInt(20_000));
    }
  }

  private void closeSeldom(Http2Peer peer) {
    if (random.nextInt(5) == 0 && peers.remove(peer)) {
      streams.stream().filter(stream -> stream.peer() == peer).forEach(RawStream::lost);
      peer.close();
      peers.add(Http2Peer.tls(stack.edgePort(), random.nextInt(WIDEST)));
    }
  }

  private void talk() {
    Semaphore window = new Semaphore(IN_FLIGHT);
    try (StarlingClient talker = stack.client("fuzz-talker", new ClientListener() {})) {
      talker.start();
      List<CompletableFuture<Sent>> sends = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        window.acquireUninterruptibly();
        step();
        String text = i + " " + "x".repeat(i % 7 == 0 ? 3_000 : i % 100);
        sends.add(talker.send(channel, text).whenComplete((sent, fault) -> window.release()));
      }
      CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).join();
    }
  }

  private void settle() {
    List<RawStream> alive = streams.stream().filter(RawStream::isAlive).toList();
    assertThat(alive).isNotEmpty();
    alive.forEach(stream -> stream.call().readAll());
    for (RawStream stream : alive) {
      await()
          .until(() -> {
            alive.forEach(RawStream::beat);
            return stream.reach() == MESSAGES || stream.call().end().isDone();
          });
      assertThat(stream.call().end()).as("goes on").isNotDone();
    }
    peers.forEach(peer -> assertThat(peer.broken()).isNull());
    Map<Long, ByteString> events = new HashMap<>();
    streams.forEach(stream -> stream.check(events));
    assertThat(events).containsKey((long) MESSAGES);
  }

  private Http2Peer anyPeer() {
    return peers.get(random.nextInt(peers.size()));
  }
}
