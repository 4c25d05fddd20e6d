package chat.starling.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingView;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

  private static final RingView VIEW = Rings.view(5, 0, 1, 2);
  private static final long CHANNEL = Rings.channelOf(VIEW, 1);

  private final KnownRing ring = new KnownRing();
  private final KnownOwners owners = new KnownOwners(ring);
  private final Set<Peer> down = new HashSet<>();

  @Test
  void offer_olderView_isNotTaken() {
    assertThat(ring.offer(VIEW)).isTrue();
    assertThat(ring.offer(Rings.view(4, 0))).isFalse();
    assertThat(ring.offer(Rings.view(5, 0))).isFalse();
    assertThat(ring.view()).isEqualTo(VIEW);
  }

  @Test
  void offer_memberWhoseAddressCannotBeCalled_isLeftOut() {
    ring.offer(
        new RingView(
            1, List.of(Rings.member(0, 1), new Member("s1", 1, "x", MemberState.ACTIVE, 1))));
    assertThat(ring.members()).containsExactly(Rings.peer(0));
    assertThat(owners.toAsk(FeedId.channel(Rings.channelOf(ring.view(), 1)))).isNull();
  }

  @Test
  void owner_nobodyAnsweredYet_isWhomTheNewestViewNames() {
    ring.offer(VIEW);
    OwnerRoute route = ownerRoute();
    assertThat(route.next()).isEqualTo(Rings.peer(1));
    ring.offer(Rings.view(6, 0));
    assertThat(route.next()).isEqualTo(Rings.peer(0));
    assertThat(route.isRight(Rings.peer(1))).isFalse();
    assertThat(route.isRight(Rings.peer(0))).isTrue();
  }

  @Test
  void owner_hintToANewcomer_isFollowedOnce() {
    ring.offer(VIEW);
    OwnerRoute route = ownerRoute();
    route.notOwner(Rings.peer(1), Rings.address(9));
    assertThat(route.next()).isEqualTo(Rings.seed(9));
    assertThat(route.next()).isEqualTo(Rings.peer(1));
  }

  @Test
  void owner_hintToWhoHasLeft_isNotFollowed() {
    ring.offer(Rings.view(4, 0, 1, 2, 3));
    ring.offer(VIEW);
    OwnerRoute route = ownerRoute();
    route.notOwner(Rings.peer(1), Rings.address(3));
    assertThat(route.next()).isEqualTo(Rings.peer(1));
  }

  @Test
  void owner_hintOlderThanTheView_isNotFollowed() {
    ring.offer(VIEW);
    OwnerRoute route = ownerRoute();
    route.notOwner(Rings.peer(1), Rings.address(2));
    ring.offer(Rings.view(6, 0));
    assertThat(route.next()).isEqualTo(Rings.peer(0));
  }

  @Test
  void owner_whoAnswered_isAskedWhileAMemberWhateverTheViewSays() {
    ring.offer(VIEW);
    ownerRoute().answered(Rings.peer(2));
    assertThat(ownerRoute().next()).isEqualTo(Rings.peer(2));
    ring.offer(VIEW.with(Rings.member(2, 1).draining()));
    assertThat(ownerRoute().next()).isEqualTo(Rings.peer(2));
    ring.offer(Rings.view(7, 0, 1));
    assertThat(ownerRoute().next()).isEqualTo(Rings.peer(1));
  }

  @Test
  void owner_whoAnsweredHasANewIncarnation_isNotRemembered() {
    ring.offer(VIEW);
    ownerRoute().answered(Rings.peer(2));
    ring.offer(VIEW.with(Rings.member(2, 2)));
    assertThat(ownerRoute().next()).isEqualTo(Rings.peer(1));
    ownerRoute().answered(Rings.peer(2));
    assertThat(ownerRoute().next()).as("late").isEqualTo(Rings.peer(1));
  }

  @Test
  void owner_whoAnsweredRefuses_isForgottenAndSaysWhetherToGoOnAtOnce() {
    ring.offer(VIEW);
    ownerRoute().answered(Rings.peer(2));
    assertThat(ownerRoute().notOwner(Rings.peer(2), "")).as("the view names another").isTrue();
    assertThat(ownerRoute().next()).isEqualTo(Rings.peer(1));
    assertThat(ownerRoute().notOwner(Rings.peer(1), "")).as("nobody else").isFalse();
    assertThat(ownerRoute().notOwner(Rings.peer(1), Rings.address(0))).isTrue();
  }

  @Test
  void owner_refusalOfAnother_leavesWhoAnswered() {
    ring.offer(VIEW);
    ownerRoute().answered(Rings.peer(2));
    ownerRoute().notOwner(Rings.peer(0), "");
    ownerRoute().failed(Rings.peer(1));
    assertThat(ownerRoute().next()).isEqualTo(Rings.peer(2));
  }

  @Test
  void owner_answeredAtAnAddressOnly_isRememberedAsTheMemberThere() {
    ring.offer(VIEW);
    ownerRoute().answered(Rings.seed(2));
    assertThat(ownerRoute().next()).isEqualTo(Rings.peer(2));
    ownerRoute().answered(Rings.seed(9));
    assertThat(ownerRoute().next()).as("a stranger is not").isEqualTo(Rings.peer(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nowhere", "127.0.0.1:1001", "::", "host:99999"})
  void owner_hintThatHelpsNobody_isNotFollowed(String hint) {
    ring.offer(VIEW);
    OwnerRoute route = ownerRoute();
    route.notOwner(Rings.peer(1), hint);
    assertThat(route.next()).isEqualTo(Rings.peer(1));
  }

  @Test
  void owner_viewWithoutAnyone_isNobody() {
    ring.offer(new RingView(1, List.of()));
    assertThat(ownerRoute().next()).isNull();
  }

  @Test
  void spread_membersInTurn() {
    ring.offer(VIEW);
    assertThat(List.of(spread(0).next(), spread(1).next(), spread(2).next(), spread(3).next()))
        .containsExactly(Rings.peer(0), Rings.peer(1), Rings.peer(2), Rings.peer(0));
  }

  @Test
  void spread_nextAttempt_goesElsewhere() {
    ring.offer(VIEW);
    SpreadRoute route = spread(1);
    assertThat(List.of(route.next(), route.next(), route.next()))
        .containsExactly(Rings.peer(1), Rings.peer(2), Rings.peer(0));
  }

  @Test
  void spread_unreachable_isSkipped() {
    ring.offer(VIEW);
    down.add(Rings.peer(1));
    SpreadRoute route = spread(1);
    assertThat(List.of(route.next(), route.next(), route.next()))
        .containsExactly(Rings.peer(2), Rings.peer(0), Rings.peer(2));
  }

  @Test
  void spread_nobodyReachable_triesEveryoneAndTheSeeds() {
    ring.offer(VIEW);
    down.addAll(Set.of(Rings.peer(0), Rings.peer(1), Rings.peer(2), Rings.seed(0), Rings.seed(7)));
    SpreadRoute route = spread(0);
    assertThat(List.of(route.next(), route.next(), route.next(), route.next()))
        .containsExactlyInAnyOrder(Rings.peer(0), Rings.peer(1), Rings.peer(2), Rings.seed(7));
  }

  @Test
  void spread_askedWhoHasLeft_isNotRightAnyMore() {
    ring.offer(VIEW);
    assertThat(spread(0).isRight(Rings.peer(2))).isTrue();
    ring.offer(Rings.view(6, 0, 1));
    assertThat(spread(0).isRight(Rings.peer(2))).isFalse();
  }

  @Test
  void backoff_doublesToItsLimitWithJitter() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      assertThat(Backoff.MOVING.wait(0, random))
          .isBetween(Duration.ofMillis(5), Duration.ofMillis(15));
      assertThat(Backoff.MOVING.wait(1_000_000, random))
          .isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
      assertThat(Backoff.AWAY.wait(2, random))
          .isBetween(Duration.ofMillis(40), Duration.ofMillis(120));
      assertThat(Backoff.AWAY.wait(1_000_000, random))
          .isBetween(Duration.ofMillis(250), Duration.ofMillis(750));
    }
  }

  private OwnerRoute ownerRoute() {
    return new OwnerRoute(ring, owners, spread(0), FeedId.channel(CHANNEL));
  }

  private SpreadRoute spread(int turn) {
    return new SpreadRoute(
        ring, List.of(Rings.seed(0), Rings.seed(7)), peer -> !down.contains(peer), turn);
  }
}
