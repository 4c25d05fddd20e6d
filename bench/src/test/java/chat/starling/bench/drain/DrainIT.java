package chat.starling.bench.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.bench.reference.BareServer;
import chat.starling.bench.reference.GrpcServer;
import chat.starling.bench.reference.Publish;
import chat.starling.bench.reference.ReferencePlan;
import chat.starling.bench.wire.Http2;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DrainIT {

  private static final ReferencePlan SERVER = new ReferencePlan(2, 77, 200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicLong seen = new AtomicLong();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  @Test
  void manyStreamsOfFewConnections_getEveryEventInOrder() {
    proveDeliveries(3, 100, 2, Http2.STREAM_WINDOW, false);
  }

  @Test
  void manyConnections_getEveryEventInOrder() {
    proveDeliveries(200, 1, 2, Http2.STREAM_WINDOW, false);
  }

  @Test
  void joinedEvents_comeInOneFrame() {
    Counts counts = proveDeliveries(4, 10, 1, Http2.STREAM_WINDOW, true);
    assertThat(counts.deliveries()).isEqualTo(8 * (counts.frames() - 2 * 40));
  }

  @Test
  void streamsThatDoNotLook_getNothing() {
    try (BareServer server = new BareServer(SERVER)) {
      var plan = plan(server.port(), 2, 50, 2, Http2.STREAM_WINDOW).withLooking(5);
      proveDeliveries(plan, server::publish, false);
    }
  }

  @Test
  void smallWindows_neverLoseAnything() {
    proveDeliveries(2, 50, 1, 16_384, false);
  }

  @Test
  void plainGrpcServer_isReadAsWell() {
    try (GrpcServer server = new GrpcServer(SERVER)) {
      proveDeliveries(plan(server.port(), 2, 20, 1, 65_535), server::publish, false);
    }
  }

  @Test
  void server_thatEnds_isAFault() {
    BareServer server = new BareServer(SERVER);
    try (Drain drain = drain(plan(server.port(), 1, 3, 1, Http2.STREAM_WINDOW))) {
      assertThat(drain.open().join()).isEqualTo(new Opened(3, 0));
      server.close();
      await().atMost(PATIENCE).until(() -> faults.contains("a connection was closed"));
    }
  }

  private Counts proveDeliveries(
      int connections, int streams, int loops, int window, boolean joined) {
    try (BareServer server = new BareServer(SERVER)) {
      var plan = plan(server.port(), connections, streams, loops, window);
      return proveDeliveries(plan, server::publish, joined);
    }
  }

  private Counts proveDeliveries(CrowdPlan plan, Consumer<Publish> server, boolean joined) {
    int events = 400;
    int streams = plan.connections() * plan.streams();
    try (Drain drain = drain(plan)) {
      assertThat(drain.open().join()).isEqualTo(new Opened(streams, 0));
      for (int i = 0; i < events / 8; i++) {
        server.accept(new Publish(8, joined, 1_000_000));
      }
      await().atMost(PATIENCE).until(() -> seen.get() == events);
      Counts counts = drain.counts().join();
      assertThat(counts.deliveries()).isEqualTo((long) events * plan.allLooking());
      assertThat(counts.gaps() + counts.duplicates()).isZero();
      assertThat(Times.histogram(counts.last()).getTotalCount()).isEqualTo(events);
      assertThat(faults).isEmpty();
      return counts;
    }
  }

  private Drain drain(CrowdPlan plan) {
    return new Drain(plan, InstantSource.system(), seen::set, faults::add);
  }

  private static CrowdPlan plan(int port, int connections, int streams, int loops, int window) {
    return CrowdPlan.of("127.0.0.1", port, connections, streams, 77, List.of("a", "b"))
        .withLoops(loops)
        .withWindows(window, window);
  }
}
