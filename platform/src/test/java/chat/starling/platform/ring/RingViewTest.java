package chat.starling.platform.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RingViewTest {

  /** Rings of 1 to 40 members with ids of any kind. */
  static Stream<RingView> rings() {
    Random random = new Random(20260101);
    return IntStream.rangeClosed(1, 40).mapToObj(size -> ring(size, random));
  }

  private static RingView ring(int size, Random random) {
    RingView view = RingView.EMPTY;
    for (int i = 0; i < size; i++) {
      view = view.with(member("server-" + Long.toHexString(random.nextLong()), i));
    }
    return view;
  }

  private static Member member(String id, int worker) {
    return new Member(id, 1, id + ":7000", MemberState.ACTIVE, worker);
  }

  @Test
  void ownerOf_membersKnownForEver_neverChanges() {
    RingView view =
        RingView.EMPTY
            .with(member("channel-0", 0))
            .with(member("channel-1", 1))
            .with(member("channel-2", 2));
    assertThat(Stream.of(0, 1, 2, 3, 1000, 4095).map(shard -> ownerId(view, shard)))
        .containsExactly(
            "channel-0", "channel-2", "channel-0", "channel-0", "channel-2", "channel-2");
  }

  @ParameterizedTest
  @MethodSource("rings")
  void join_anyRing_movesShardsToTheNewcomerOnly(RingView before) {
    RingView after = before.with(member("newcomer", 1000));
    int moved = 0;
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      if (!ownerId(before, shard).equals(ownerId(after, shard))) {
        assertThat(ownerId(after, shard)).isEqualTo("newcomer");
        moved++;
      }
    }
    assertFairShare(moved, after.members().size());
  }

  @ParameterizedTest
  @MethodSource("rings")
  void leave_anyMember_movesItsShardsOnly(RingView before) {
    Member leaver = before.members().getFirst();
    RingView after = before.without(leaver.serverId(), leaver.incarnation());
    assertMovesOnlyFrom(leaver, before, after);
  }

  @ParameterizedTest
  @MethodSource("rings")
  void drain_anyMember_movesItsShardsOnly(RingView before) {
    Member drainer = before.members().getLast();
    assertMovesOnlyFrom(drainer, before, before.with(drainer.draining()));
  }

  private static void assertMovesOnlyFrom(Member gone, RingView before, RingView after) {
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      if (ownerId(before, shard).equals(gone.serverId())) {
        assertThat(ownerId(after, shard)).isNotEqualTo(gone.serverId());
      } else {
        assertThat(ownerId(after, shard)).isEqualTo(ownerId(before, shard));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rings")
  void ownerOf_anyRing_givesEachMemberAFairShare(RingView view) {
    for (Member member : view.members()) {
      long owned =
          IntStream.range(0, Shard.COUNT)
              .filter(shard -> ownerId(view, shard).equals(member.serverId()))
              .count();
      assertFairShare(owned, view.members().size());
    }
  }

  private static void assertFairShare(long shards, int members) {
    double fair = (double) Shard.COUNT / members;
    double sixDeviations = 6 * Math.sqrt(fair);
    assertThat((double) shards).isBetween(fair - sixDeviations, fair + sixDeviations);
  }

  @Test
  void ownerOf_newIncarnation_keepsItsShards() {
    RingView before = ring(5, new Random(1));
    Member old = before.members().getFirst();
    RingView after =
        before.with(new Member(old.serverId(), 2, "elsewhere:1", MemberState.ACTIVE, 77));
    assertThat(IntStream.range(0, Shard.COUNT).mapToObj(shard -> ownerId(after, shard)))
        .isEqualTo(IntStream.range(0, Shard.COUNT).mapToObj(s -> ownerId(before, s)).toList());
  }

  @Test
  void ownerOf_nobodyActive_isNobody() {
    Member member = member("a", 0).draining();
    assertThat(RingView.EMPTY.with(member).ownerOf(new Shard(7))).isNull();
    assertThat(RingView.EMPTY.with(member).hasActive()).isFalse();
  }

  @Test
  void view_sameWorkerTwice_isRefused() {
    assertThatThrownBy(() -> new RingView(1, List.of(member("a", 5), member("b", 5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(expected: a server id and a worker that no other has)");
  }

  @ParameterizedTest
  @MethodSource("rings")
  void codec_anyRing_returnsTheSameView(RingView view) {
    assertThat(RingCodec.toView(RingCodec.toMessage(view))).isEqualTo(view);
  }

  @Test
  void codec_memberWithoutState_isRefused() {
    var ring = RingCodec.toMessage(RingView.EMPTY.with(member("a", 0))).toBuilder();
    ring.getMembersBuilder(0).clearState();
    assertThatThrownBy(() -> RingCodec.toView(ring.build()))
        .hasMessage("state of a (expected: ACTIVE or DRAINING)");
  }

  @Test
  void offer_olderView_isIgnored() {
    RingHolder holder = new RingHolder();
    RingView first = RingView.EMPTY.with(member("a", 0));
    RingView second = first.with(member("b", 1));
    assertThat(holder.offer(second)).isTrue();
    assertThat(holder.offer(first)).isFalse();
    assertThat(holder.offer(second)).isFalse();
    assertThat(holder.current()).isSameAs(second);
  }

  private static String ownerId(RingView view, int shard) {
    @Nullable Member owner = view.ownerOf(new Shard(shard));
    return owner == null ? "nobody" : owner.serverId();
  }
}
