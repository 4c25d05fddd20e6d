package chat.starling.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.gateway.frames.StreamStage.Pair;
import chat.starling.platform.wire.Http2Peer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What composed frames promise beside that. */
abstract class ComposedContract extends ClientStreamContract {

  private static final int STREAMS = 60;
  private static final int BYTES = 400_000;

  /** A turn's buffer and the stream that was the last to find room. */
  private static final int BEYOND = 256 * 1024 + BYTES + 10_000;

  ComposedContract(boolean tls) {
    super(ClientStreams.Writer.COMPOSED, tls);
  }

  @Test
  void flush_connectionIsNotRead_holdsNoMoreThanItsBoundAndLosesNothing() {
    Http2Peer peer = stage.peer(2 * BYTES);
    List<Pair> pairs = IntStream.range(0, STREAMS).mapToObj(_ -> stage.open(peer)).toList();
    peer.deaf(true);
    pairs.forEach(pair -> {
      flushed(pair, 1, BYTES);
      assertThat(pair.opened().pendingInConnection()).isLessThan(MAX_PENDING + BEYOND);
    });
    // how much depends on what the kernel took of the last buffer, which counts until all of it
    // left
    await().until(() -> pairs.getFirst().opened().pendingInConnection() > 0);
    assertThat(pairs.getLast().opened().ask(ClientStream::pendingBytes)).isPositive();
    peer.deaf(false);
    pairs.forEach(ClientStreamContract::awaitEverything);
    assertThat(peer.broken()).isNull();
  }
}
