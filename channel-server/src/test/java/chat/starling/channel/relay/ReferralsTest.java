package chat.starling.channel.relay;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ids.FeedId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReferralsTest {

  private static final int DEGREE = 3;

  private final RelayRules rules = new RelayRules("s0", Trees.ring(6), DEGREE);
  private final Referrals referrals = new Referrals(Trees.FEED, rules, Stage.owner(7));

  @Test
  void refer_fewSubscribers_servesThem() {
    assertThat(referrals.refer(Subscriber.gateway(), DEGREE - 1)).isFalse();
  }

  @Test
  void refer_whoDoesNotFollow_isServedHoweverManyThereAre() {
    assertThat(referrals.refer(Subscriber.plain(), 1_000)).isFalse();
    assertThat(referrals.refer(Subscriber.relay("s1"), 1_000)).isFalse();
  }

  @Test
  void refer_more_fillsOneRelayAfterTheOtherAndThenAllInTurn() {
    List<String> first = referred(DEGREE * DEGREE);
    assertThat(new HashSet<>(first)).hasSize(DEGREE).doesNotContain("s0");
    for (int i = 0; i < DEGREE; i++) {
      assertThat(new HashSet<>(first.subList(i * DEGREE, (i + 1) * DEGREE))).hasSize(1);
    }
    assertThat(referred(DEGREE * DEGREE)).isEqualTo(first);
  }

  @Test
  void refer_aRelayHasGone_takesItLastUntilItIsBack() {
    String first = referred(1).getFirst();
    referrals.joined(Subscriber.relay(first));
    referrals.left(Subscriber.relay(first));
    assertThat(referred(2 * DEGREE * DEGREE)).doesNotContain(first);
    referrals.joined(Subscriber.relay(first));
    assertThat(referred(1)).containsExactly(first);
  }

  @Test
  void refer_nobodyElseIsThere_servesItself() {
    Referrals alone =
        new Referrals(Trees.FEED, new RelayRules("s0", Trees.ring(1), DEGREE), Stage.owner(7));
    assertThat(alone.refer(Subscriber.gateway(), 1_000)).isFalse();
  }

  @Test
  void refer_atTheDeepestStage_servesItself() {
    Stage deepest = new Stage(7, List.of("s1", "s2", "s3"));
    assertThat(new Referrals(Trees.FEED, rules, deepest).refer(Subscriber.gateway(), 9)).isFalse();
  }

  @Test
  void refer_whoExpectsToBeFurtherDown_isServedSoThatReferralsEnd() {
    Referrals near = new Referrals(Trees.FEED, rules, new Stage(7, List.of("s1")));
    Subscriber far = Subscriber.gatewayAt(new Stage(7, List.of("s1", "s2")));
    Subscriber asNear = Subscriber.gatewayAt(new Stage(7, List.of("s2")));
    assertThat(near.refer(far, 1_000)).isFalse();
    assertThat(near.refer(asNear, 1_000)).isTrue();
  }

  @Test
  void refer_fromARelay_namesNobodyAbove() {
    Stage stage = new Stage(7, List.of("s1", "s2"));
    Referrals below = new Referrals(Trees.FEED, rules, stage);
    Set<String> told =
        IntStream.range(0, 50)
            .mapToObj(i -> told(below, Subscriber.gateway()))
            .collect(Collectors.toSet());
    assertThat(told)
        .containsExactlyInAnyOrder(
            "to s3 below s1/s2/s0", "to s4 below s1/s2/s0", "to s5 below s1/s2/s0");
  }

  @Test
  void refer_manyFeeds_takesEachMemberAboutAsOftenFirst() {
    Map<String, Long> firsts =
        LongStream.range(1, 5_001)
            .mapToObj(id -> new Referrals(FeedId.channel(id), rules, Stage.owner(1)))
            .map(each -> server(told(each, Subscriber.gateway())))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(firsts).hasSize(5);
    assertThat(firsts.values()).allMatch(count -> count > 850 && count < 1_150);
  }

  private List<String> referred(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> server(told(referrals, Subscriber.gateway())))
        .toList();
  }

  private static String server(String told) {
    return told.split(" ", -1)[1];
  }

  private static String told(Referrals referrals, Subscriber subscriber) {
    assertThat(referrals.refer(subscriber, DEGREE)).isTrue();
    return subscriber.told.getFirst();
  }
}
