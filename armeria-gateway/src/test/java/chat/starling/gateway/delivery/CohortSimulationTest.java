package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Refusal;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Viewers of one channel on two connections that are written to together while they are alike:
 * whoever comes, goes, runs out of credit, has something of its own to do or loses its stream,
 * every stream carries every event once and in order, and a session knows what it was sent. Those
 * who want it know who wrote before they are sent it, and the others are told nothing.
 */
class CohortSimulationTest {

  private static final long CHANNEL = 1;
  private static final int STEPS = 600;
  private static final int KEPT = 16;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void viewers_randomSteps_eachGetsEverythingOnceInOrder(long seed) {
    World world = new World(new Random(seed));
    for (int step = 0; step < STEPS; step++) {
      world.step();
    }
    world.settle();
    world.clients.forEach(client -> client.view.standAlone());
    world.clients.forEach(client -> client.check(world.head));
    assertThat(world.together).as("writes to lanes").isPositive();
  }

  private static final class World {

    final Random random;
    final Deque<Runnable> timers = new ArrayDeque<>();
    final List<Connection> connections = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();
    final List<byte[]> log = new ArrayList<>();
    final Ticker ticker;
    final Relay relay;
    final SimAuthors authors;
    long millis;
    long head;
    int together;

    World(Random random) {
      this.random = random;
      Delay delay = (after, task) -> timers.add(task);
      Duration tick = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(20);
      ticker = new Ticker(new Ticks(tick, tick), () -> millis * 1_000_000, delay);
      relay = new Relay(new NoUpstream(), delay, FanOut.Limits.NONE, ticker, KEPT, it -> it);
      authors = new SimAuthors(relay, timers, CHANNEL);
      relay.introducedBy(authors);
      connections.add(new Connection());
      connections.add(new Connection());
    }

    void step() {
      millis += random.nextInt(10);
      switch (random.nextInt(20)) {
        case 0, 1 -> come();
        case 2 -> anyClient().leave();
        case 3 -> anyClient().standAlone();
        case 4 -> anyClient().closed();
        case 5 -> authors.change(head, random);
        case 6 -> connections.get(random.nextInt(2)).flip();
        case 7, 8, 9 -> anyClient().window += random.nextInt(400);
        case 10, 11, 12 -> strike();
        default -> publish();
      }
    }

    void settle() {
      connections.forEach(Connection::open);
      for (int i = 0; i < 100; i++) {
        millis += 100;
        clients.forEach(client -> client.grant(1 << 20));
        strike();
      }
    }

    void publish() {
      head++;
      Parcel parcel = authors.write(CHANNEL, head, "x".repeat(random.nextInt(40)), random);
      log.add(parcel.wire());
      relay.event(parcel);
    }

    void strike() {
      for (int due = timers.size(); due > 0; due--) {
        timers.remove().run();
      }
    }

    void come() {
      Client client = new Client(this, connections.get(random.nextInt(2)), clients.size());
      clients.add(client);
      relay.join(client.view);
      if (client.from < 0) { // the first in a while
        relay.started(CHANNEL, head);
      }
    }

    Client anyClient() {
      if (clients.isEmpty()) {
        come();
      }
      return clients.get(random.nextInt(clients.size()));
    }

    /** A connection that sometimes takes nothing, or only a few writes more. */
    private final class Connection implements Trunk {

      final Map<Integer, Client> streams = new HashMap<>();
      final Deque<Outflow> waiting = new ArrayDeque<>();
      int room = 1_000;
      boolean window = true;

      void flip() {
        if (room < 1_000 || !window) {
          open();
        } else if (random.nextBoolean()) {
          room = random.nextInt(3);
        } else {
          window = false;
        }
      }

      void open() {
        room = 1_000;
        window = true;
        for (int due = waiting.size(); due > 0; due--) {
          waiting.remove().flush();
        }
      }

      @Override
      public boolean isReady() {
        return hasRoom();
      }

      @Override
      public boolean hasRoom() {
        return room > 0;
      }

      @Override
      public boolean hasWindow() {
        return window;
      }

      @Override
      public void whenRoom(Outflow outflow) {
        waiting.add(outflow);
      }

      @Override
      public void write(int stream, byte[] wire) {
        assertThat(room).isPositive();
        room--;
        together++;
        Objects.requireNonNull(streams.get(stream)).arrive(wire);
      }
    }
  }

  /** A session: what it sends by itself goes out as its window allows, at once or later. */
  private static final class Client implements Viewer, Lane {

    final World world;
    final World.Connection connection;
    final ChannelView view = new ChannelView(CHANNEL, ChannelView.LIVE_ONLY, false, this);
    final List<byte[]> sent = new ArrayList<>();
    final ReplayRing ring = new ReplayRing(KEPT);
    final Deque<Cargo> queue = new ArrayDeque<>();
    final @Nullable Acquaintance acquaintance;
    final int stream;
    int window = 500;
    long from = -1;
    boolean left;
    boolean closed;
    @Nullable Tenant tenant;
    @Nullable ChannelView sharing;
    long leftAt;

    Client(World world, World.Connection connection, int stream) {
      this.world = world;
      this.connection = connection;
      this.stream = stream;
      this.acquaintance = stream % 2 == 0 ? null : new Acquaintance(this::say);
      connection.streams.put(stream, this);
    }

    private void say(Notice notice) {
      standAlone();
      queue.add(notice);
      pump();
    }

    void leave() {
      if (!left) {
        leftAt = world.head;
        left = true;
        world.relay.leave(view);
        assertThat(view.cursor()).as("what a resume goes on from").isEqualTo(world.head);
      }
    }

    void standAlone() {
      view.standAlone();
      assertThat(sharing).isNull();
    }

    void closed() {
      closed = true;
      Tenant who = tenant;
      if (who != null) {
        who.mustLeave();
      }
      assertThat(tenant).isNull();
    }

    void grant(int credit) {
      window += credit;
      pump();
    }

    void arrive(byte[] wire) {
      assertThat(closed).as("nothing is written to a stream that is over").isFalse();
      assertThat(tenant).as("written to by its tenant only").isNotNull();
      sent.add(wire);
    }

    private void pump() {
      while (!queue.isEmpty() && queue.getFirst().wire().length <= window && !closed) {
        byte[] wire = queue.remove().wire();
        window -= wire.length;
        sent.add(wire);
      }
    }

    void check(long head) {
      if (from < 0) {
        return;
      }
      long until = left ? leftAt : head;
      assertThat(ring.count()).isEqualTo(until - from);
      assertThat(ring.after(ring.count() - Math.min(1, ring.count()))).isPresent();
      if (!closed && queue.isEmpty()) {
        world.authors.check(
            joined(sent),
            joined(world.log.subList((int) from, (int) until)),
            acquaintance != null,
            !left);
      }
      assertThat(queue.isEmpty() || closed || left).isTrue();
    }

    private static ByteString joined(List<byte[]> wires) {
      return wires.stream().map(ByteString::copyFrom).reduce(ByteString.EMPTY, ByteString::concat);
    }

    @Override
    public @Nullable Acquaintance acquaintance() {
      return acquaintance;
    }

    @Override
    public void deliver(Parcel parcel) {
      assertThat(tenant).as("stands alone").isNull();
      Introduction author = world.authors.of(parcel);
      if (acquaintance != null && author != null) {
        acquaintance.introduce(author);
      }
      note(parcel);
      queue.add(parcel);
      pump();
    }

    private void note(Parcel parcel) {
      assertThat(parcel.seq()).isEqualTo(from + ring.count() + 1);
      ring.add(parcel);
    }

    @Override
    public @Nullable Lane lane() {
      return queue.isEmpty() && !closed && !left ? this : null;
    }

    @Override
    public void shares(ChannelView shared) {
      sharing = shared;
    }

    @Override
    public void shared(long unknown, List<Parcel> kept) {
      sharing = null;
      if (unknown > 0) {
        ring.skip(unknown);
      }
      kept.forEach(this::note);
    }

    @Override
    public Trunk trunk() {
      return connection;
    }

    @Override
    public int stream() {
      return stream;
    }

    @Override
    public void take(Tenant who) {
      tenant = who;
    }

    @Override
    public int credit(int unused, int needed) {
      window += unused;
      int granted = Math.min(window, Math.max(needed, 100));
      window -= granted;
      return granted;
    }

    @Override
    public void leave(int unused) {
      tenant = null;
      window += unused;
    }

    @Override
    public void mark(Notice notice) {
      throw new AssertionError("everything flows here");
    }

    @Override
    public void focused(ChannelView focused, long lastSeq, long fromSeq, boolean reload) {
      from = fromSeq;
    }

    @Override
    public void refused(ChannelView refused, Refusal refusal) {
      throw new AssertionError(refusal.getMessage());
    }

    @Override
    public void unpermitted(ChannelView taken) {
      throw new AssertionError("nobody takes a permit away here");
    }

    @Override
    public void read(ChannelView reading, long afterSeq) {
      throw new AssertionError("nothing is missed here");
    }
  }

  private static final class NoUpstream implements Upstreams {

    @Override
    public void follow(long channelId, Follower follower) {}

    @Override
    public void unfollow(long channelId, Follower follower) {}
  }
}
