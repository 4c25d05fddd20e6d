package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.ServerFrame;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.edge.RawStream;
import chat.starling.edge.RunningStack;
import chat.starling.platform.wire.Http2Peer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * One client among a thousand that reads nothing costs a bounded amount of memory and nobody else a
 * message; when it reads again it is told where its channels are.
 */
class StalledIT {

  private static final int OTHERS = 999;

  private static final int MESSAGES = 2_000;

  /** Events flow to a thousand viewers at this rate, and leave many to a frame. */
  private static final int AT_A_TIME = 60;

  private static final long TIME_MILLIS = 200;

  /** What only the stalled client looks at: more than may wait for it at Envoy and the gateway. */
  private static final int LARGE_ONES = 150;

  private static final String LARGE = "\uD83D\uDC26".repeat(4_000);

  /** {@code limits.max-pending-bytes}. */
  private static final long MOST_PENDING = 1_048_576;

  private static final long SEED = 20_261_127;

  private final RunningStack stack = RunningStack.shared();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final long channel = open("common");
  private final long large = open("large");

  @Test
  void client_readsNothingBesideManyWhoDo_isBoundedAndGoesOn() {
    try (clock;
        Http2Peer peer = Http2Peer.tls(stack.edgePort(), 16_384);
        Swarm others = new Swarm(stack, OTHERS, List.of(channel), SEED);
        StarlingClient talker = stack.client("stalled-talker", new ClientListener() {})) {
      talker.start();
      RawStream stalled = RawStream.open(peer, stack.tokenOf("stalled"), channel, large);
      var beat = clock.scheduleAtFixedRate(stalled::beat, 0, 500, TimeUnit.MILLISECONDS);
      patiently().until(() -> reach(stalled, channel) == 0 && reach(stalled, large) == 0);
      others.start();
      patiently().until(others::allReady);

      send(talker, large, LARGE, LARGE_ONES);
      send(talker, channel, "small", MESSAGES);
      patiently().until(() -> haveAll(others));
      assertThat(reach(stalled, channel)).as("it reads nothing").isZero();
      assertThat(pendingNow()).as("bytes that wait for it").isBetween(1L, MOST_PENDING);

      stalled.call().readAll();
      patiently()
          .until(() -> reach(stalled, channel) == MESSAGES && reach(stalled, large) == LARGE_ONES);
      assertThat(events(stalled, large)).as("marks told of the rest").isLessThan(LARGE_ONES);
      long before = events(stalled, channel);
      send(talker, channel, "live again", 1);
      patiently().until(() -> reach(stalled, channel) == MESSAGES + 1);
      assertThat(events(stalled, channel)).isEqualTo(before + 1);
      assertThat(stalled.call().end()).as("goes on").isNotDone();
      assertThat(peer.broken()).isNull();
      beat.cancel(false);
    }
  }

  private long open(String name) {
    long id = stack.createChannel("stalled-talker", name + "-" + UUID.randomUUID());
    stack.join("stalled", id);
    return id;
  }

  /** Returns when all are acked. */
  private void send(StarlingClient talker, long to, String text, int messages) {
    AtomicInteger left = new AtomicInteger(messages);
    AtomicInteger unacked = new AtomicInteger(messages);
    CompletableFuture<Void> all = new CompletableFuture<>();
    ScheduledFuture<?> sending =
        clock.scheduleWithFixedDelay(
            () -> {
              for (int i = 0; i < AT_A_TIME && left.getAndDecrement() > 0; i++) {
                var _ =
                    talker
                        .send(to, text)
                        .whenComplete((_, fault) -> {
                          if (fault != null) {
                            all.completeExceptionally(fault);
                          } else if (unacked.decrementAndGet() == 0) {
                            all.complete(null);
                          }
                        });
              }
            },
            0,
            TIME_MILLIS,
            TimeUnit.MILLISECONDS);
    all.join();
    sending.cancel(false);
  }

  private static boolean haveAll(Swarm others) {
    AtomicInteger have = new AtomicInteger();
    others.each(member -> {
      assertThat(member.surprises()).isEmpty();
      have.addAndGet(member.lastSeq() == MESSAGES ? 1 : 0);
    });
    return have.get() == OTHERS;
  }

  /** What waits for all clients of the gateway, of whom all but one have read everything. */
  private static long pendingNow() {
    int before = RunningStack.reports("starling.sessions.pending").size();
    patiently().until(() -> RunningStack.reports("starling.sessions.pending").size() > before);
    return RunningStack.reports("starling.sessions.pending").getLast();
  }

  private static long events(RawStream stream, long in) {
    return stream.frames().stream()
        .filter(frame -> frame.hasEvent() && frame.getEvent().getChannelId() == in)
        .count();
  }

  /** Up to where it has the channel's events, or was told by marks; -1 before it looks at it. */
  private static long reach(RawStream stream, long in) {
    long reach = -1;
    for (ServerFrame frame : stream.frames()) {
      if (frame.hasFocused() && frame.getFocused().getChannelId() == in) {
        reach = frame.getFocused().getFromSeq();
      } else if (frame.hasEvent() && frame.getEvent().getChannelId() == in) {
        assertThat(frame.getEvent().getSeq()).as("in order").isEqualTo(++reach);
      } else {
        reach = Math.max(reach, marked(frame, in));
      }
    }
    return reach;
  }

  private static long marked(ServerFrame frame, long in) {
    return frame.getMarks().getMarksList().stream()
        .filter(mark -> mark.getChannelId() == in)
        .mapToLong(mark -> mark.getLastSeq())
        .max()
        .orElse(-1);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(2));
  }
}
