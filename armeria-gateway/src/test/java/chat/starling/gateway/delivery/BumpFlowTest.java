package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BumpFlowTest {

  private final HandTimers timers = new HandTimers();
  private final Map<Long, WorkspaceHeads> heads = new TreeMap<>();
  private final BumpRelay relay =
      new BumpRelay(
          new Upstream(), ChannelSizes.ALL_LARGE, timers, Duration.ofSeconds(2), itself -> itself);
  private final Client client = new Client();

  @Test
  void clientWithRoom_getsWhatMovesAsItComes() {
    client.room = Integer.MAX_VALUE;
    client.enter(1, 10, 11);
    move(1, 10, 5);
    assertThat(client.frames).isEqualTo(2);
    assertThat(client.told).isEqualTo(Map.of(10L, 5L, 11L, 0L));
  }

  @Test
  void clientWithoutRoom_whatIsLeftOutIsMadeUpForOnceItHasRoom() {
    client.room = 1;
    client.enter(1, 10, 11);
    move(1, 10, 5);
    move(1, 11, 6);
    assertThat(client.frames).isEqualTo(1);
    client.reads(1);
    assertThat(client.frames).isEqualTo(2);
    assertThat(client.told).isEqualTo(Map.of(10L, 5L, 11L, 6L));
    assertThat(client.waiting).as("nothing else is due").isNull();
  }

  @Test
  void clientWithRoomForOneFrameAtATime_getsToTheEndOfMany() {
    client.room = 1;
    client.enter(1, LongStream.rangeClosed(1, 1_200).toArray());
    client.enter(2, LongStream.rangeClosed(2_001, 3_100).toArray());
    int reads = 0;
    while (client.waiting != null) {
      client.reads(1);
      assertThat(++reads).as("reads until all is told").isLessThan(20);
    }
    assertThat(client.told).hasSize(1_200 + 1_100);
  }

  @Test
  void leftOutWhileAllIsBeingTold_allIsToldOnceMore() {
    client.room = 1;
    client.enter(1, LongStream.rangeClosed(1, 1_200).toArray());
    client.reads(1);
    move(1, 3, 7);
    assertThat(client.told).containsEntry(3L, 0L);
    while (client.waiting != null) {
      client.reads(1);
    }
    assertThat(client.told).containsEntry(3L, 7L);
  }

  private void move(long workspace, long channel, long seq) {
    WorkspaceHeads known = heads.get(workspace);
    assertThat(known).isNotNull();
    if (known != null && known.raise(channel, seq)) {
      relay.moved(workspace, new long[] {channel});
    }
    timers.interval();
  }

  private final class Upstream implements Workspaces {
    @Override
    public void watch(long workspaceId, HeadFollower follower) {
      heads.put(workspaceId, new WorkspaceHeads());
    }

    @Override
    public void unwatch(long workspaceId, HeadFollower follower) {}
  }

  /** Has room for some frames. */
  private final class Client implements BumpHearer, BumpFlow.Way {
    private final List<BumpSeat> seats = new ArrayList<>();
    private final BumpFlow flow = new BumpFlow(relay, seats, this);
    private final Map<Long, Long> told = new TreeMap<>();
    private int room;
    private int frames;
    private @Nullable Runnable waiting;

    void enter(long workspace, long... channels) {
      BumpSeat seat = relay.enter(workspace, this, false);
      seats.add(seat);
      relay.known(workspace, heads.getOrDefault(workspace, new WorkspaceHeads()));
      relay.channels(seat, channels);
    }

    void reads(int more) {
      room += more;
      Runnable task = waiting;
      waiting = null;
      if (task != null) {
        task.run();
      }
    }

    @Override
    public boolean sees(long channelId) {
      return false;
    }

    @Override
    public boolean takeIntoView(long channelId, long told) {
      throw new AssertionError("did not ask for it");
    }

    @Override
    public void tell(Notice notice) {
      flow.tell(notice);
    }

    @Override
    public boolean hasRoom() {
      return room > 0;
    }

    @Override
    public void whenRoom(Runnable task) {
      if (hasRoom()) {
        task.run();
      } else {
        waiting = task;
      }
    }

    @Override
    public void share(Notice notice) {
      room--;
      frames++;
      ServerFrame frame = Wires.frame(notice);
      List<Bump> bumps =
          frame.hasJoined() ? frame.getJoined().getChannelsList() : frame.getBumps().getBumpsList();
      assertThat(bumps).hasSizeLessThanOrEqualTo(BumpSlice.MOST_IN_ONE);
      bumps.forEach(bump -> told.merge(bump.getChannelId(), bump.getLastSeq(), Math::max));
    }
  }
}
