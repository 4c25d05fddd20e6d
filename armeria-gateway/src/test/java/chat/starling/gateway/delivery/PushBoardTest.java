package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who of a small channel's members gets it into view when it moves, and who is bumped. */
class PushBoardTest {

  private static final long WORKSPACE = 1;

  private final HandTimers timers = new HandTimers();
  private final WorkspaceHeads heads = new WorkspaceHeads();
  private final Sizes sizes = new Sizes();
  private final BumpRelay relay =
      new BumpRelay(new Upstream(), sizes, timers, Duration.ofSeconds(2), itself -> itself);

  @Test
  void moved_smallChannel_comesIntoViewAtOnceFromWhereItWasTold_andIsNotBumped() {
    sizes.known.put(10L, ChannelSizes.Size.SMALL);
    heads.raise(10, 4);
    Session asked = session(true, 10);
    Session other = session(false, 10);
    move(10, 5);
    assertThat(asked.views).isEqualTo(Map.of(10L, 4L));
    move(10, 6);
    timers.interval();
    assertThat(asked.views).as("it stays where it is").isEqualTo(Map.of(10L, 4L));
    assertThat(asked.bumps).isEmpty();
    assertThat(asked.moves).as("the session knows that it is alive").isEqualTo(2);
    assertThat(other.views).isEmpty();
    assertThat(other.bumps).containsExactly(Map.of(10L, 6L));
  }

  @Test
  void moved_largeChannel_isOnlyBumped() {
    sizes.known.put(10L, ChannelSizes.Size.LARGE);
    Session asked = session(true, 10);
    move(10, 1);
    timers.interval();
    assertThat(asked.views).isEmpty();
    assertThat(asked.bumps).containsExactly(Map.of(10L, 1L));
    assertThat(sizes.asked).isEmpty();
  }

  @Test
  void moved_sizeUnknown_isAskedOnce_andNothingIsToldUntilItIsKnown() {
    heads.raise(10, 4);
    Session asked = session(true, 10);
    Session other = session(false, 10);
    move(10, 5);
    move(10, 6);
    timers.interval();
    assertThat(sizes.asked)
        .containsOnlyKeys(10L)
        .allSatisfy((id, who) -> assertThat(who).hasSize(1));
    assertThat(asked.bumps).isEmpty();
    assertThat(other.bumps).hasSize(1);
    sizes.answer(10, true);
    assertThat(asked.views).isEqualTo(Map.of(10L, 4L));
    timers.interval();
    assertThat(asked.bumps).isEmpty();
  }

  @Test
  void moved_sizeTurnsOutLarge_isBumpedAfterAll() {
    Session asked = session(true, 10);
    move(10, 5);
    timers.interval();
    sizes.answer(10, false);
    timers.interval();
    assertThat(asked.views).isEmpty();
    assertThat(asked.bumps).containsExactly(Map.of(10L, 5L));
  }

  @Test
  void moved_nobodyAskedForSmallChannels_sizeIsNotAsked() {
    Session other = session(false, 10);
    move(10, 1);
    timers.interval();
    assertThat(sizes.asked).isEmpty();
    assertThat(other.bumps).hasSize(1);
  }

  @Test
  void moved_sessionHasNoRoom_isBumped_andTheNextMoveStartsBehindTheBump() {
    Session asked = session(true, 10);
    asked.room = false;
    move(10, 2);
    sizes.answer(10, true);
    timers.interval();
    assertThat(asked.bumps).containsExactly(Map.of(10L, 2L));
    asked.room = true;
    move(10, 3);
    assertThat(asked.views).isEqualTo(Map.of(10L, 2L));
  }

  @Test
  void unseen_nextMoveStartsWhereTheViewEnded() {
    sizes.known.put(10L, ChannelSizes.Size.SMALL);
    Session asked = session(true, 10);
    move(10, 7);
    asked.views.remove(10L);
    relay.unseen(asked.seat, 10, 5);
    move(10, 8);
    assertThat(asked.views).isEqualTo(Map.of(10L, 5L));
    timers.interval();
    assertThat(asked.bumps).as("it gets all of it").isEmpty();
    asked.views.remove(10L);
    relay.unseen(asked.seat, 10, 6);
    timers.interval();
    assertThat(asked.bumps).as("nothing moved, it is told").containsExactly(Map.of(10L, 8L));
    move(10, 9);
    assertThat(asked.views).isEqualTo(Map.of(10L, 8L));
  }

  @Test
  void refused_isBumpedFromThenOn() {
    sizes.known.put(10L, ChannelSizes.Size.SMALL);
    Session asked = session(true, 10);
    move(10, 1);
    asked.views.remove(10L);
    relay.unseen(asked.seat, 10, 0);
    relay.refused(asked.seat, 10);
    timers.interval();
    move(10, 2);
    timers.interval();
    assertThat(asked.views).isEmpty();
    assertThat(asked.bumps).containsExactly(Map.of(10L, 1L), Map.of(10L, 2L));
  }

  @Test
  void joined_later_itsFirstMessageComesIntoView() {
    sizes.known.put(11L, ChannelSizes.Size.SMALL);
    sizes.known.put(12L, ChannelSizes.Size.SMALL);
    heads.raise(12, 3);
    Session asked = session(true, 10);
    relay.joined(asked.seat, 11);
    relay.joined(asked.seat, 12);
    move(11, 1);
    assertThat(asked.views).isEqualTo(Map.of(11L, 0L));
    timers.interval();
    assertThat(asked.bumps).as("what was there before").containsExactly(Map.of(12L, 3L));
    move(12, 4);
    assertThat(asked.views).isEqualTo(Map.of(11L, 0L, 12L, 3L));
  }

  @Test
  void leave_whileTheSizeIsAsked_nothingComes() {
    Session asked = session(true, 10);
    session(true, 10);
    move(10, 1);
    relay.leave(asked.seat);
    sizes.answer(10, true);
    timers.interval();
    assertThat(asked.views).isEmpty();
    assertThat(asked.bumps).isEmpty();
  }

  private Session session(boolean pushes, long... channels) {
    Session session = new Session(pushes);
    relay.channels(session.seat, channels);
    relay.known(WORKSPACE, heads);
    return session;
  }

  private void move(long channel, long seq) {
    if (heads.raise(channel, seq)) {
      relay.moved(WORKSPACE, new long[] {channel});
    }
  }

  private static final class Sizes implements ChannelSizes {
    private final Map<Long, Size> known = new HashMap<>();
    private final Map<Long, List<Consumer<Boolean>>> asked = new HashMap<>();

    @Override
    public Size of(long channelId) {
      return known.getOrDefault(channelId, Size.UNKNOWN);
    }

    @Override
    public void ask(long channelId, Consumer<Boolean> small) {
      asked.computeIfAbsent(channelId, id -> new ArrayList<>()).add(small);
    }

    void answer(long channelId, boolean small) {
      known.put(channelId, small ? Size.SMALL : Size.LARGE);
      asked.getOrDefault(channelId, List.of()).forEach(who -> who.accept(small));
    }
  }

  private static final class Upstream implements Workspaces {
    private final Set<Long> watched = new HashSet<>();

    @Override
    public void watch(long workspaceId, HeadFollower follower) {
      watched.add(workspaceId);
    }

    @Override
    public void unwatch(long workspaceId, HeadFollower follower) {
      watched.remove(workspaceId);
    }
  }

  /** Keeps what it takes into view and what it is told. */
  private final class Session implements BumpHearer {
    private final Map<Long, Long> views = new TreeMap<>();
    private final List<Map<Long, Long>> bumps = new ArrayList<>();
    private final BumpSeat seat;
    private boolean room = true;
    private int moves;

    Session(boolean pushes) {
      seat = relay.enter(WORKSPACE, this, pushes);
    }

    @Override
    public boolean sees(long channelId) {
      return views.containsKey(channelId);
    }

    @Override
    public boolean takeIntoView(long channelId, long told) {
      moves++;
      if (room) {
        views.putIfAbsent(channelId, told);
      }
      return room;
    }

    @Override
    public void tell(Notice notice) {
      ServerFrame frame = Wires.frame(notice);
      if (frame.hasBumps()) {
        Map<Long, Long> told = new TreeMap<>();
        for (Bump bump : frame.getBumps().getBumpsList()) {
          told.put(bump.getChannelId(), bump.getLastSeq());
        }
        bumps.add(told);
      }
    }
  }
}
