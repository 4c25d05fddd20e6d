package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.ServerFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Channels move, sizes are asked and forgotten, views come and go, and clients read or do not, all
 * in random order: each view begins exactly where its client stands, and in the end everybody knows
 * where everything is.
 */
class PushSimulationTest {

  private static final long WORKSPACE = 1;
  private static final int CHANNELS = 6;
  private static final int STEPS = 4_000;

  private final Map<Long, Long> truth = new HashMap<>();
  private final WorkspaceHeads heads = new WorkspaceHeads();
  private final Queue<Long> moves = new ArrayDeque<>();
  private final HandTimers timers = new HandTimers();
  private final Sizes sizes = new Sizes();
  private final BumpRelay relay =
      new BumpRelay(new Nobody(), sizes, timers, Duration.ofSeconds(2), itself -> itself);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void anyOrder_viewsBeginWhereTheClientStands_andAllIsToldInTheEnd(long seed) {
    Random random = new Random(seed);
    List<Client> clients = List.of(new Client(true), new Client(true), new Client(false));
    clients.forEach(client -> relay.channels(client.seat, new long[] {1, 2, 3}));
    relay.known(WORKSPACE, heads);
    for (int i = 0; i < STEPS; i++) {
      step(random, clients.get(random.nextInt(clients.size())));
    }
    clients.forEach(Client::readOn);
    while (!moves.isEmpty() || !sizes.asked.isEmpty() || !timers.isEmpty()) {
      moveNext();
      sizes.answerAll();
      timers.turn();
    }
    clients.forEach(Client::knowsAll);
    assertThat(clients.getFirst().begun).as("views").isGreaterThan(20);
    assertThat(clients.getLast().begun).isZero();
  }

  private void step(Random random, Client client) {
    long channel = 1L + random.nextInt(CHANNELS);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> say(channel);
      case 3, 4 -> moveNext();
      case 5, 6 -> timers.turn();
      case 7 -> sizes.answerAll();
      case 8 -> client.endView(channel, random);
      case 9 -> client.lose(channel);
      case 10 -> client.setRoom(random.nextInt(4) > 0);
      default -> change(random, client, channel);
    }
  }

  private void change(Random random, Client client, long channel) {
    if (random.nextBoolean()) {
      sizes.known.remove(channel);
    } else {
      relay.joined(client.seat, channel);
    }
  }

  private void say(long channel) {
    long seq = truth.merge(channel, 1L, Long::sum);
    heads.raise(channel, seq);
    moves.add(channel);
  }

  private void moveNext() {
    Long channel = moves.poll();
    if (channel != null) {
      relay.moved(WORKSPACE, new long[] {channel});
    }
  }

  private long head(long channel) {
    return truth.getOrDefault(channel, 0L);
  }

  private static final class Sizes implements ChannelSizes {
    private final Map<Long, Size> known = new HashMap<>();
    private final Map<Long, List<Consumer<Boolean>>> asked = new TreeMap<>();

    @Override
    public Size of(long channelId) {
      return known.getOrDefault(channelId, Size.UNKNOWN);
    }

    @Override
    public void ask(long channelId, Consumer<Boolean> small) {
      asked.computeIfAbsent(channelId, id -> new ArrayList<>()).add(small);
    }

    /** Every third channel is large. */
    void answerAll() {
      Map<Long, List<Consumer<Boolean>>> now = Map.copyOf(asked);
      asked.clear();
      now.forEach((channel, who) -> {
        boolean small = channel % 3 != 0;
        known.put(channel, small ? Size.SMALL : Size.LARGE);
        who.forEach(each -> each.accept(small));
      });
    }
  }

  private static final class Nobody implements Workspaces {
    @Override
    public void watch(long workspaceId, HeadFollower follower) {}

    @Override
    public void unwatch(long workspaceId, HeadFollower follower) {}
  }

  /** A session and its client, who may have no room for anything. */
  private final class Client implements BumpHearer, BumpFlow.Way {
    private static final int MOST_VIEWS = 2;

    private final Map<Long, Long> views = new HashMap<>();

    /** Up to where the client has or was told of what it has not in view. */
    private final Map<Long, Long> stands = new HashMap<>();

    private final List<BumpSeat> seats = new ArrayList<>();
    private final BumpFlow flow = new BumpFlow(relay, seats, this);
    private final BumpSeat seat;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean room = true;
    private int begun;

    Client(boolean pushes) {
      seat = relay.enter(WORKSPACE, this, pushes);
      seats.add(seat);
    }

    void endView(long channel, Random random) {
      Long from = views.remove(channel);
      if (from != null) {
        long cursor = random.nextBoolean() ? head(channel) : from + (head(channel) - from) / 2;
        stands.put(channel, cursor);
        relay.unseen(seat, channel, cursor);
      }
    }

    /** Something that was sent before the view ended has not arrived. */
    void lose(long channel) {
      Long at = stands.get(channel);
      if (at != null && at > 0 && !views.containsKey(channel)) {
        stands.put(channel, at - 1);
        relay.unseen(seat, channel, at - 1);
      }
    }

    void setRoom(boolean now) {
      room = now;
      if (room) {
        readOn();
      }
    }

    void readOn() {
      room = true;
      List<Runnable> now = List.copyOf(waiting);
      waiting.clear();
      now.forEach(Runnable::run);
    }

    void knowsAll() {
      for (long channel : seat.channels()) {
        if (!views.containsKey(channel)) {
          assertThat(stands.getOrDefault(channel, 0L)).isEqualTo(head(channel));
        }
      }
    }

    @Override
    public boolean sees(long channelId) {
      return views.containsKey(channelId);
    }

    @Override
    public boolean takeIntoView(long channelId, long told) {
      if (!views.containsKey(channelId)) {
        if (flow.isBehind() || !room || views.size() == MOST_VIEWS) {
          return false;
        }
        assertThat(told).isEqualTo(stands.getOrDefault(channelId, told));
        views.put(channelId, told);
        begun++;
      }
      return true;
    }

    @Override
    public void tell(Notice notice) {
      flow.tell(notice);
    }

    @Override
    public boolean hasRoom() {
      return room;
    }

    @Override
    public void whenRoom(Runnable task) {
      if (room) {
        task.run();
      } else {
        waiting.add(task);
      }
    }

    @Override
    public void share(Notice notice) {
      ServerFrame frame = Wires.frame(notice);
      frame
          .getBumps()
          .getBumpsList()
          .forEach(bump -> {
            assertThat(views).doesNotContainKey(bump.getChannelId());
            told(bump);
          });
      frame.getJoined().getChannelsList().forEach(this::told);
    }

    private void told(Bump bump) {
      if (!views.containsKey(bump.getChannelId())) {
        stands.put(bump.getChannelId(), bump.getLastSeq());
      }
    }
  }
}
