package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BumpRelayTest {

  private static final long WORKSPACE = 1;
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final HandTimers timers = new HandTimers();
  private final Set<Long> watched = new HashSet<>();
  private final WorkspaceHeads heads = new WorkspaceHeads();
  private final BumpRelay relay =
      new BumpRelay(new Upstream(), ChannelSizes.ALL_LARGE, timers, INTERVAL, itself -> itself);

  @Test
  void channels_headsKnown_allAreToldWithTheirHeads() {
    heads.raise(10, 4);
    relay.enter(WORKSPACE, new Session(), false);
    relay.known(WORKSPACE, heads);
    Session session = new Session();
    session.enter(12, 10);
    assertThat(watched).containsExactly(WORKSPACE);
    assertThat(session.joined).containsExactly(Map.of(10L, 4L, 12L, 0L));
  }

  @Test
  void channels_headsNotKnownYet_waits() {
    Session session = new Session();
    session.enter(10);
    assertThat(session.joined).isEmpty();
    heads.raise(10, 4);
    relay.known(WORKSPACE, heads);
    assertThat(session.joined).containsExactly(Map.of(10L, 4L));
  }

  @Test
  void channels_moreThanAFrameHolds_comeInFrames() {
    relay.enter(WORKSPACE, new Session(), false);
    relay.known(WORKSPACE, heads);
    Session session = new Session();
    session.enter(LongStream.rangeClosed(1, 1_200).toArray());
    assertThat(session.joined).extracting(Map::size).containsExactly(500, 500, 200);
    assertThat(session.more).containsExactly(true, true, false);
  }

  @Test
  void moved_membersAreToldOnceInAnInterval_whateverHappens() {
    Session member = session(10, 11);
    Session other = session(12);
    for (int seq = 1; seq <= 50; seq++) {
      move(10, seq);
      move(11, seq);
    }
    timers.interval();
    assertThat(member.bumps).containsExactly(Map.of(10L, 50L, 11L, 50L));
    assertThat(other.bumps).isEmpty();
    move(10, 51);
    timers.interval();
    assertThat(member.bumps).hasSize(2).last().isEqualTo(Map.of(10L, 51L));
  }

  @Test
  void moved_channelInFocus_isNotBumped() {
    Session session = session(10, 11);
    session.focus.add(10L);
    move(10, 1);
    timers.interval();
    assertThat(session.bumps).isEmpty();
    move(11, 1);
    move(10, 2);
    timers.interval();
    assertThat(session.bumps).containsExactly(Map.of(11L, 1L));
  }

  @Test
  void unseen_beforeAllWasSent_isToldWhatIsMissing() {
    Session session = session(10);
    session.focus.add(10L);
    move(10, 7);
    timers.interval();
    session.focus.clear();
    relay.unseen(session.seat(), 10, 7);
    timers.interval();
    assertThat(session.bumps).as("it has all of it").isEmpty();
    relay.unseen(session.seat(), 10, 6);
    timers.interval();
    assertThat(session.bumps).containsExactly(Map.of(10L, 7L));
    relay.unseen(session.seat(), 10, ChannelView.LIVE_ONLY);
    timers.interval();
    assertThat(session.bumps).hasSize(2);
  }

  @Test
  void joined_laterChannel_isToldAndBumpedFromThenOn() {
    Session session = session(10);
    heads.raise(11, 3);
    relay.joined(session.seat(), 11);
    relay.joined(session.seat(), 11);
    timers.interval();
    assertThat(session.bumps).containsExactly(Map.of(11L, 3L));
    move(11, 4);
    timers.interval();
    assertThat(session.bumps).last().isEqualTo(Map.of(11L, 4L));
  }

  @Test
  void channels_readAgain_whatIsGoneIsNotBumpedAnyMore() {
    Session session = session(10, 11);
    relay.channels(session.seat(), new long[] {11, 12});
    move(10, 1);
    move(12, 1);
    timers.interval();
    assertThat(session.bumps).containsExactly(Map.of(12L, 1L));
    assertThat(session.joined).as("told once").hasSize(1);
  }

  @Test
  void leave_nothingMoreComes_andTheWorkspaceIsLetGoAfterAWhile() {
    Session one = session(10);
    Session other = session(10);
    relay.leave(one.seat());
    move(10, 1);
    timers.interval();
    assertThat(one.bumps).isEmpty();
    assertThat(other.bumps).hasSize(1);
    relay.leave(other.seat());
    relay.leave(other.seat());
    assertThat(watched).isNotEmpty();
    timers.interval();
    assertThat(watched).isEmpty();
    assertThat(relay.size()).isZero();
  }

  @Test
  void moved_manySessions_thoseOfASliceThatHearTheSameShareTheBytes() {
    List<Session> everybody = IntStream.range(0, 1_000).mapToObj(i -> session(10, 11)).toList();
    List<Session> few = IntStream.range(0, 100).mapToObj(i -> session(10)).toList();
    move(10, 5);
    move(11, 6);
    timers.interval();
    Set<byte[]> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    everybody.forEach(session -> {
      assertThat(session.bumps).containsExactly(Map.of(10L, 5L, 11L, 6L));
      distinct.addAll(session.wires);
    });
    few.forEach(session -> {
      assertThat(session.bumps).containsExactly(Map.of(10L, 5L));
      distinct.addAll(session.wires);
    });
    assertThat(distinct).as("one of each kind a slice").hasSize(2 * BumpRelay.SLICES);
  }

  @Test
  void moved_tenThousandSessionsNineTenthsPassive_costsLittleBesideAllOfThemLooking() {
    int sessions = 10_000;
    int active = sessions / 10;
    for (int i = 0; i < sessions; i++) {
      Session session = session(10);
      if (i < active) {
        session.focus.add(10L);
      }
    }
    long before = relay.frames();
    int messages = 40; // of an interval, 20 a second
    for (int seq = 1; seq <= messages; seq++) {
      move(10, seq);
    }
    timers.interval();
    long bumps = relay.frames() - before;
    assertThat(bumps).isEqualTo(sessions - active);
    assertThat((double) (bumps + (long) messages * active) / ((long) messages * sessions))
        .as("writes, of those that all would cost if they looked")
        .isLessThan(0.15);
  }

  @Test
  void moved_moreChannelsThanAFrameNames_takesMoreFrames() {
    Session session = session(LongStream.rangeClosed(1, 1_200).toArray());
    long[] all = LongStream.rangeClosed(1, 1_200).toArray();
    for (long channel : all) {
      heads.raise(channel, 1);
    }
    relay.moved(WORKSPACE, all);
    timers.interval();
    assertThat(session.bumps).extracting(Map::size).containsExactly(500, 500, 200);
  }

  @Test
  void owed_moreThanAFrameNames_isToldWithoutLossInFramesOfItsSize() {
    Session session = session(10);
    long[] all = LongStream.rangeClosed(1, 1_200).toArray();
    for (long channel : all) {
      heads.raise(channel, 2);
    }
    relay.channels(session.seat(), all);
    relay.moved(WORKSPACE, LongStream.rangeClosed(1, 700).toArray());
    timers.interval();
    assertThat(session.bumps).extracting(Map::size).allMatch(size -> size <= BumpSlice.MOST_IN_ONE);
    Set<Long> told = new HashSet<>();
    session.bumps.forEach(bumps -> told.addAll(bumps.keySet()));
    assertThat(told).hasSize(1_200);
  }

  @Test
  void unseen_manyTimesWithinAnInterval_isToldOnce() {
    Session session = session(10);
    move(10, 7);
    timers.interval();
    session.bumps.clear();
    for (int i = 0; i < 1_000; i++) {
      relay.unseen(session.seat(), 10, 6);
    }
    timers.interval();
    assertThat(session.bumps).containsExactly(Map.of(10L, 7L));
  }

  @Test
  void leave_thenUnseen_nothingIsKeptOfTheSession() {
    Session session = session(10);
    session(10);
    move(10, 7);
    timers.interval();
    relay.leave(session.seat());
    relay.unseen(session.seat(), 10, 6);
    assertThat(session.seat().owed()).isEmpty();
  }

  @Test
  void tick_nothingMoves_noTimerRuns() {
    session(10);
    move(10, 1);
    timers.interval();
    assertThat(timers.isEmpty()).isTrue();
  }

  private Session session(long... channels) {
    Session session = new Session();
    session.enter(channels);
    relay.known(WORKSPACE, heads);
    return session;
  }

  private void move(long channel, long seq) {
    if (heads.raise(channel, seq)) {
      relay.moved(WORKSPACE, new long[] {channel});
    }
  }

  private final class Upstream implements Workspaces {
    @Override
    public void watch(long workspaceId, HeadFollower follower) {
      watched.add(workspaceId);
    }

    @Override
    public void unwatch(long workspaceId, HeadFollower follower) {
      watched.remove(workspaceId);
    }
  }

  /** Reads what it is told. */
  private final class Session implements BumpHearer {
    private final Set<Long> focus = new HashSet<>();
    private final List<Map<Long, Long>> joined = new ArrayList<>();
    private final List<Boolean> more = new ArrayList<>();
    private final List<Map<Long, Long>> bumps = new ArrayList<>();
    private final List<byte[]> wires = new ArrayList<>();
    private final BumpSeat seat = relay.enter(WORKSPACE, this, false);

    void enter(long... channels) {
      relay.channels(seat, channels);
    }

    BumpSeat seat() {
      return seat;
    }

    @Override
    public boolean sees(long channelId) {
      return focus.contains(channelId);
    }

    @Override
    public boolean takeIntoView(long channelId, long told) {
      throw new AssertionError("did not ask for it");
    }

    @Override
    public void tell(Notice notice) {
      byte[] wire = notice.wire();
      ServerFrame frame = Wires.frame(notice);
      if (frame.hasJoined()) {
        joined.add(map(frame.getJoined().getChannelsList()));
        more.add(frame.getJoined().getMore());
      } else {
        wires.add(wire);
        bumps.add(map(frame.getBumps().getBumpsList()));
      }
    }

    private static Map<Long, Long> map(List<Bump> bumps) {
      Map<Long, Long> map = new TreeMap<>();
      bumps.forEach(bump -> map.put(bump.getChannelId(), bump.getLastSeq()));
      assertThat(map).as("no channel twice").hasSameSizeAs(bumps);
      return map;
    }
  }
}
