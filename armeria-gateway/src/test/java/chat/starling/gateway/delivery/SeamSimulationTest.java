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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A channel server whose stream breaks, pages that come late, two relays, viewers that come and go:
 * whatever the order of things, every viewer sees its channel densely and once.
 */
class SeamSimulationTest {

  private static final long CHANNEL = 1;
  private static final int STEPS = 600;
  private static final int REPLAYED = 4;

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
    world.watchers.forEach(watcher -> watcher.check(world.head));
  }

  private static final class World {

    final Random random;
    final Subscriptions subscriptions = new Subscriptions();
    final List<Relay> relays = new ArrayList<>();
    final List<Deque<Runnable>> loops = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    final Deque<Runnable> fromServer = new ArrayDeque<>();
    final List<Runnable> reads = new ArrayList<>();
    final List<Runnable> timers = new ArrayList<>();
    final List<Watcher> watchers = new ArrayList<>();
    long head;
    boolean added;
    boolean up;
    int stream;

    World(Random random) {
      this.random = random;
      for (Deque<Runnable> loop : loops) {
        Upstreams hop =
            new Upstreams() {
              @Override
              public void follow(long channelId, Follower follower) {
                subscriptions.follow(channelId, follower);
              }

              @Override
              public void unfollow(long channelId, Follower follower) {
                subscriptions.unfollow(channelId, follower);
              }
            };
        relays.add(new Relay(hop, this::later, relay -> new Hop(loop, relay)));
      }
    }

    void later(Duration after, Runnable task) {
      timers.add(task);
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> publish();
        case 3, 4, 5 -> run(fromServer);
        case 6, 7 -> run(loops.get(random.nextInt(2)));
        case 8 -> runAny(reads);
        case 9 -> flipStream();
        case 10 -> comeOrGo();
        default -> runAny(timers);
      }
    }

    void settle() {
      if (!up) {
        flipStream();
      }
      for (int i = 0; i < 5; i++) {
        publish();
      }
      while (run(fromServer) || run(loops.get(0)) || run(loops.get(1)) || runAny(reads)) {
        // until nothing is left to do
      }
    }

    void publish() {
      head++;
      if (up && added) {
        send(head);
      }
    }

    void send(long seq) {
      int sentOn = stream;
      fromServer.add(() -> {
        if (sentOn == stream) {
          subscriptions.event(Parcel.ofFrame(CHANNEL, seq, "", ByteString.EMPTY));
        }
      });
    }

    void flipStream() {
      stream++;
      added = false;
      up = !up;
      if (up) {
        subscriptions.up(new Server());
      } else {
        subscriptions.down();
      }
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

    boolean run(Deque<Runnable> queue) {
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

    /** Answers as feed.proto promises: Added first, then every event from there on. */
    private final class Server implements Subscriptions.Wire {

      @Override
      public void add(long channelId, long afterSeq) {
        boolean replayed = afterSeq != ChannelView.LIVE_ONLY && head - afterSeq <= REPLAYED;
        long from = replayed ? afterSeq : head;
        int sentOn = stream;
        added = true;
        fromServer.add(() -> {
          if (sentOn == stream) {
            subscriptions.added(CHANNEL, from);
          }
        });
        for (long seq = from + 1; seq <= head; seq++) {
          send(seq);
        }
      }

      @Override
      public void remove(long channelId) {
        added = false;
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
    public void deliver(Parcel parcel) {
      assertThat(from).as("told of its start before the first event").isNotNegative();
      seen.add(parcel.seq());
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
    public void read(ChannelView reading, long afterSeq) {
      world.reads.add(() -> {
        long to = Math.min(world.head, afterSeq + 1 + world.random.nextInt(5));
        view.page(RecordedViewer.page(afterSeq + 1, to, world.head));
      });
    }
  }
}
