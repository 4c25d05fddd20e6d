package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Refusal;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Channel servers whose streams break and freeze, a channel that moves between them with the new
 * owner not ready and the old one not gone, referrals to relays that are late and end, pages that
 * come late, two relays, viewers that come and go: whatever the order of things, every viewer sees
 * its channel densely and once.
 */
class SeamSimulationTest {

  private static final long CHANNEL = 1;
  private static final int STEPS = 600;
  private static final int REPLAYED = 4;
  private static final int SERVERS = 3;

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void view_randomInterleaving_seesEverySeqOnceInOrder(long seed) {
    World world = new World(new Random(seed));
    for (int step = 0; step < STEPS; step++) {
      world.step();
    }
    world.settle();
    assertThat(world.watchers).isNotEmpty();
    world.check();
    world.publishMore();
    world.check();
  }

  private static final class World {

    final Random random;
    final Subscriptions subscriptions;
    final List<Relay> relays = new ArrayList<>();
    final List<Deque<Runnable>> loops = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    final List<Server> servers = new ArrayList<>();
    final List<Runnable> reads = new ArrayList<>();
    final List<Runnable> timers = new ArrayList<>();
    final List<Watcher> watchers = new ArrayList<>();
    long head;

    /** The server that the newest view names, that this gateway takes for it, that owns. */
    Server named;

    Server known;
    Server owner;

    World(Random random) {
      this.random = random;
      this.subscriptions = new Subscriptions(new Known(), this::later, random);
      for (int i = 0; i < SERVERS; i++) {
        servers.add(new Server(i));
      }
      named = servers.getFirst();
      known = named;
      owner = named;
      loops.forEach(loop ->
          relays.add(
              new Relay(
                  subscriptions,
                  this::later,
                  FanOut.Limits.NONE,
                  new Ticker(new Ticks(Duration.ZERO, Duration.ZERO), () -> 0, this::later),
                  16,
                  relay -> new Hop(loop, relay))));
    }

    void later(Duration after, Runnable task) {
      timers.add(task);
    }

    /** Whom this gateway takes for the owner, and the streams to all servers. */
    private final class Known implements Subscriptions.Owners {

      @Override
      public Subscriptions.@Nullable Wire wire(long channelId) {
        return known.wire();
      }

      @Override
      public Subscriptions.@Nullable Wire relay(String serverId) {
        return servers.get(Integer.parseInt(serverId)).wire();
      }
    }

    void step() {
      switch (random.nextInt(20)) {
        case 0, 1, 2 -> publish();
        case 3, 4, 5, 6 -> anyServer().run();
        case 7, 8 -> run(loops.get(random.nextInt(2)));
        case 9 -> runAny(reads);
        case 10 -> anyServer().flip();
        case 11 -> move();
        case 12 -> anyServer().freezeOrThaw();
        case 13 -> comeOrGo();
        case 14 -> slowDownOrCatchUp();
        case 15, 16 -> anyServer().passOn();
        case 17 -> anyServer().endRelay();
        default -> runAny(timers);
      }
    }

    /** The channel moves in three steps that nobody sees at once. */
    void move() {
      switch (random.nextInt(3)) {
        case 0 -> named = anyServer();
        case 1 -> learn();
        default -> claim();
      }
    }

    void learn() {
      known = named;
      subscriptions.reroute();
    }

    void claim() {
      if (owner != named) {
        Server before = owner;
        owner = named;
        before.stepDown();
      }
    }

    void settle() {
      learn();
      claim();
      servers.forEach(Server::recover);
      drain();
    }

    void publishMore() {
      for (int i = 0; i < 5; i++) {
        publish();
      }
      drain();
    }

    void check() {
      watchers.forEach(watcher -> watcher.view.catchUp());
      watchers.forEach(watcher -> watcher.check(head));
    }

    void drain() {
      while (turn()) {
        // until nothing is left to do
      }
    }

    private boolean turn() {
      boolean busy =
          passAllOn() || run(loops.get(0)) || run(loops.get(1)) || runAny(reads) || runAny(timers);
      for (Server server : servers) {
        busy |= server.run();
      }
      return busy;
    }

    void publish() {
      if (!owner.frozen) {
        head++;
        owner.publish(head);
      }
    }

    /** Everything that relays have not passed on yet. */
    boolean passAllOn() {
      boolean any = false;
      for (Server server : servers) {
        any |= server.passOn();
      }
      return any;
    }

    void comeOrGo() {
      if (random.nextInt(3) == 0 && !watchers.isEmpty()) {
        Watcher watcher = watchers.get(random.nextInt(watchers.size()));
        watcher.relay.leave(watcher.view);
        watcher.left = true;
        return;
      }
      long after = random.nextBoolean() ? ChannelView.LIVE_ONLY : random.nextLong(head + 1);
      Watcher watcher = new Watcher(this, relays.get(random.nextInt(2)), after);
      watchers.add(watcher);
      watcher.relay.join(watcher.view);
    }

    /** What was sent to a slow viewer last is taken back, and it reads again later. */
    void slowDownOrCatchUp() {
      if (watchers.isEmpty()) {
        return;
      }
      Watcher watcher = watchers.get(random.nextInt(watchers.size()));
      if (random.nextBoolean()) {
        watcher.view.catchUp();
      } else if (!watcher.seen.isEmpty()) {
        int kept = random.nextInt(watcher.seen.size());
        long cursor = watcher.seen.get(kept) - 1;
        watcher.seen.subList(kept, watcher.seen.size()).clear();
        watcher.view.fallBehind(cursor);
      }
    }

    Server anyServer() {
      return servers.get(random.nextInt(SERVERS));
    }

    static boolean run(Deque<Runnable> queue) {
      Runnable task = queue.poll();
      if (task != null) {
        task.run();
      }
      return task != null;
    }

    boolean runAny(List<Runnable> tasks) {
      if (tasks.isEmpty()) {
        return false;
      }
      tasks.remove(random.nextInt(tasks.size())).run();
      return true;
    }

    /** A channel server and the stream to it: what goes each way stays in order. */
    private final class Server {

      Deque<Runnable> in = new ArrayDeque<>();
      Deque<Runnable> out = new ArrayDeque<>();
      Stream stream = new Stream(this);
      boolean up;
      boolean frozen;
      boolean added;
      final int number;

      /** Up to where it has passed events on as a relay; -1 while it is none. */
      long passedOn = -1;

      Server(int number) {
        this.number = number;
      }

      Subscriptions.@Nullable Wire wire() {
        return up ? stream : null;
      }

      void flip() {
        in.clear();
        out.clear();
        added = false;
        passedOn = -1;
        up = !up;
        if (up) {
          stream = new Stream(this);
          subscriptions.reroute();
        } else {
          subscriptions.down(stream);
        }
      }

      void freezeOrThaw() {
        frozen = !frozen;
      }

      void recover() {
        frozen = false;
        if (!up) {
          flip();
        }
      }

      boolean run() {
        if (frozen) {
          return false;
        }
        return random.nextBoolean()
            ? World.run(in) || World.run(out)
            : World.run(out) || World.run(in);
      }

      void publish(long seq) {
        if (up && added) {
          send(seq);
        }
      }

      void stepDown() {
        if (up && added) {
          added = false;
          Stream from = stream;
          out.add(() -> subscriptions.notOwner(from, CHANNEL));
        }
      }

      private void send(long seq) {
        Stream from = stream;
        Parcel parcel = Parcel.ofFrame(CHANNEL, seq, "", ByteString.EMPTY);
        out.add(() -> subscriptions.event(from, parcel));
      }

      void drop() {
        added = false;
        passedOn = -1;
      }

      /** As a relay, it may be behind, and passes on the next event when it has it. */
      boolean passOn() {
        if (passedOn < 0 || passedOn >= head || frozen || !up) {
          return false;
        }
        send(++passedOn);
        return true;
      }

      /** Its own subscription is lost, or nobody has it from there any more. */
      void endRelay() {
        if (passedOn >= 0 && up) {
          passedOn = -1;
          Stream from = stream;
          out.add(() -> subscriptions.notOwner(from, CHANNEL));
        }
      }

      /** Answers as a relay does: from where it is, or from where the gateway is ahead of it. */
      void addAsRelay(Stream from, long afterSeq) {
        if (random.nextInt(4) == 0) {
          out.add(() -> subscriptions.notOwner(from, CHANNEL));
          return;
        }
        long at = Math.max(0, head - random.nextInt(3));
        long fromSeq =
            afterSeq != ChannelView.LIVE_ONLY && at - afterSeq <= REPLAYED ? afterSeq : at;
        added = false;
        passedOn = fromSeq;
        out.add(() -> subscriptions.added(from, CHANNEL, fromSeq));
      }

      private boolean refers(Stream from) {
        Server relay = anyServer();
        if (relay == this || random.nextInt(3) > 0) {
          return false;
        }
        Place place = new Place("" + relay.number, 1, List.of("" + number));
        out.add(() -> subscriptions.referred(from, CHANNEL, place));
        return true;
      }

      void add(Stream from, long afterSeq, Place place, boolean follows) {
        drop();
        if (place.isRelay()) {
          addAsRelay(from, afterSeq);
        } else if (owner != this || !follows || !refers(from)) {
          add(from, afterSeq);
        }
      }

      /** Answers as feed.proto promises: Added first, then every event from there on. */
      void add(Stream from, long afterSeq) {
        if (owner != this) {
          out.add(() -> subscriptions.notOwner(from, CHANNEL));
          return;
        }
        boolean replayed = afterSeq != ChannelView.LIVE_ONLY && head - afterSeq <= REPLAYED;
        long fromSeq = replayed ? afterSeq : head;
        added = true;
        out.add(() -> subscriptions.added(from, CHANNEL, fromSeq));
        for (long seq = fromSeq + 1; seq <= head; seq++) {
          send(seq);
        }
      }
    }

    private static final class Stream implements Subscriptions.Wire {

      final Server to;

      Stream(Server to) {
        this.to = to;
      }

      @Override
      public void add(long channelId, long afterSeq) {
        throw new AssertionError("asked without a place");
      }

      @Override
      public void add(long channelId, long afterSeq, Place place, boolean follows) {
        if (to.stream == this) {
          to.in.add(() -> to.add(this, afterSeq, place, follows));
        }
      }

      @Override
      public void remove(long channelId) {
        if (to.stream == this) {
          to.in.add(to::drop);
        }
      }
    }
  }

  private record Hop(Deque<Runnable> loop, Follower relay) implements Follower {

    @Override
    public void started(long channelId, long head) {
      loop.add(() -> relay.started(channelId, head));
    }

    @Override
    public void event(Parcel parcel) {
      loop.add(() -> relay.event(parcel));
    }

    @Override
    public void moved(long channelId, long head) {
      loop.add(() -> relay.moved(channelId, head));
    }
  }

  private static final class Watcher implements Viewer {

    final World world;
    final Relay relay;
    final ChannelView view;
    final List<Long> seen = new ArrayList<>();
    long from = -1;
    boolean left;

    Watcher(World world, Relay relay, long after) {
      this.world = world;
      this.relay = relay;
      this.view = new ChannelView(CHANNEL, after, false, this);
    }

    void check(long head) {
      if (from < 0) {
        assertThat(left).as("a view that stays is told of its start").isTrue();
        return;
      }
      for (int i = 0; i < seen.size(); i++) {
        assertThat(seen.get(i)).isEqualTo(from + 1 + i);
      }
      if (!left) {
        assertThat(from + seen.size()).isEqualTo(head);
      }
    }

    @Override
    public @Nullable Lane lane() {
      return null;
    }

    @Override
    public void shares(ChannelView view) {
      throw new AssertionError("has no lane");
    }

    @Override
    public void shared(long unknown, List<Parcel> sent) {
      throw new AssertionError("has no lane");
    }

    @Override
    public void deliver(Parcel parcel) {
      assertThat(from).as("told of its start before the first event").isNotNegative();
      seen.add(parcel.seq());
    }

    /** What is missing the client reads by itself: here it has it at once. */
    @Override
    public void mark(Notice notice) {
      long held = seen.isEmpty() ? from : seen.getLast();
      LongStream.rangeClosed(held + 1, RecordedViewer.markedSeq(notice)).forEach(seen::add);
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
      world.reads.add(() -> {
        long to = Math.min(world.head, afterSeq + 1 + world.random.nextInt(5));
        view.page(afterSeq, RecordedViewer.page(afterSeq + 1, to, world.head));
      });
    }
  }
}
