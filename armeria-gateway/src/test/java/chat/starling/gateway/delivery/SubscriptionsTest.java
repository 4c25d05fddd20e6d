package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.gateway.delivery.Subscriptions.Wire;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

  private static final long CHANNEL = 1;

  private final Stream a = new Stream();
  private final Stream b = new Stream();
  private static final Place BELOW_A = new Place("b", 3, List.of("a"));
  private @Nullable Stream relay = b;
  private final Heard heard = new Heard();
  private final List<Duration> waits = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private @Nullable Stream owner = a;
  private final Subscriptions subscriptions =
      new Subscriptions(new Asked(), this::later, new Random(1));

  @Test
  void follow_ownerKnown_asksItForLiveEvents() {
    subscriptions.follow(CHANNEL, heard);
    assertThat(a.said).containsExactly("add -1");
    subscriptions.added(a, CHANNEL, 7);
    assertThat(heard.all).containsExactly("started 7");
  }

  @Test
  void follow_noOwnerYet_asksOnceThereIsOne() {
    owner = null;
    subscriptions.follow(CHANNEL, heard);
    owner = b;
    subscriptions.reroute();
    subscriptions.reroute();
    assertThat(b.said).containsExactly("add -1");
  }

  @Test
  void reroute_whatComes_staysWhereItIs() {
    followOnA(7);
    moveTo(b);
    assertThat(a.said).containsExactly("add -1");
    assertThat(b.said).isEmpty();
    event(a, 8);
    assertThat(heard.all).containsExactly("started 7", "event 8");
  }

  @Test
  void notOwner_anotherIsToBeAsked_isAskedAtOnceFromTheLastSeqSeen() {
    followOnA(7);
    event(a, 8);
    moveTo(b);
    subscriptions.notOwner(a, CHANNEL);
    assertThat(waits).isEmpty();
    assertThat(b.said).containsExactly("add 8");
    subscriptions.added(b, CHANNEL, 8);
    event(b, 9);
    assertThat(heard.all).containsExactly("started 7", "event 8", "event 9");
  }

  @Test
  void notOwner_newOwnerReplaysLess_followersAreToldOfTheNewHead() {
    followOnA(7);
    moveTo(b);
    subscriptions.notOwner(a, CHANNEL);
    subscriptions.added(b, CHANNEL, 40);
    event(a, 8);
    event(b, 41);
    assertThat(heard.all).containsExactly("started 7", "moved 40", "event 41");
  }

  @Test
  void notOwner_twoThatTakeEachOtherForTheOwner_areAskedInTurnWithWaits() {
    followOnA(7);
    for (int i = 0; i < 8; i++) {
      owner = b;
      subscriptions.notOwner(a, CHANNEL);
      owner = a;
      subscriptions.notOwner(b, CHANNEL);
      assertThat(b.said).filteredOn("add 7"::equals).hasSize(i + 1);
      assertThat(waits).hasSize(i + 1);
      runTimers();
    }
    assertThat(a.said).filteredOn("add 7"::equals).hasSize(8);
  }

  @Test
  void notOwner_nobodyElseIsKnown_asksAgainWithBackoffFromTheSameSeq() {
    followOnA(7);
    for (int i = 0; i < 8; i++) {
      subscriptions.notOwner(a, CHANNEL);
      runTimers();
    }
    assertThat(a.said).startsWith("add -1").hasSize(9).endsWith("add 7", "add 7");
    assertThat(waits.getFirst()).isBetween(Duration.ofMillis(5), Duration.ofMillis(15));
    assertThat(waits.getLast()).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
  }

  @Test
  void notOwner_anotherIsKnownAfterTheWait_isAsked() {
    followOnA(7);
    subscriptions.notOwner(a, CHANNEL);
    owner = b;
    runTimers();
    assertThat(b.said).containsExactly("add 7");
  }

  @Test
  void notOwner_thenANewerView_goesToItsOwnerAtOnceAndOnlyThere() {
    followOnA(7);
    subscriptions.notOwner(a, CHANNEL);
    moveTo(b);
    assertThat(b.said).containsExactly("add 7");
    runTimers();
    assertThat(a.said).containsExactly("add -1", "remove");
    assertThat(b.said).containsExactly("add 7");
  }

  @Test
  void notOwner_ofWhoIsNoLongerAsked_changesNothing() {
    followOnA(7);
    owner = b;
    subscriptions.down(a);
    subscriptions.notOwner(a, CHANNEL);
    subscriptions.added(b, CHANNEL, 7);
    assertThat(waits).isEmpty();
    assertThat(b.said).containsExactly("add 7");
  }

  @Test
  void down_streamOfTheOwner_isAskedForOnTheNextOne() {
    followOnA(7);
    owner = null;
    subscriptions.down(a);
    owner = b;
    subscriptions.reroute();
    assertThat(b.said).containsExactly("add 7");
  }

  @Test
  void refused_otherwise_isAskedForLiveEventsAfterAWhile() {
    followOnA(7);
    subscriptions.refused(a, CHANNEL);
    runTimers();
    assertThat(a.said).containsExactly("add -1", "add -1");
  }

  @Test
  void unfollow_last_leavesTheServer() {
    followOnA(7);
    subscriptions.unfollow(CHANNEL, heard);
    assertThat(a.said).containsExactly("add -1", "remove");
    assertThat(subscriptions.size()).isZero();
  }

  @Test
  void referred_relayIsThere_isAskedThereAndGoesOnAsFromAnOwner() {
    referToB();
    assertThat(b.said).containsExactly("add -1 below a");
    assertThat(a.said).containsExactly("add -1", "remove");
    assertThat(subscriptions.isRelay(b, CHANNEL)).isTrue();
    subscriptions.added(b, CHANNEL, 7);
    subscriptions.reroute();
    event(b, 8);
    event(a, 9);
    assertThat(heard.all).containsExactly("started 7", "event 8");
  }

  @Test
  void referred_relayDies_ownerIsAskedAtOnceFromTheLastSeqSeen() {
    referToB();
    subscriptions.added(b, CHANNEL, 7);
    event(b, 8);
    subscriptions.down(b);
    assertThat(a.said).endsWith("remove", "add 8");
    assertThat(subscriptions.isRelay(a, CHANNEL)).isFalse();
    subscriptions.added(a, CHANNEL, 20);
    assertThat(heard.all).endsWith("event 8", "moved 20");
  }

  @Test
  void referred_relayEnds_ownerIsAskedAtOnce() {
    referToB();
    subscriptions.added(b, CHANNEL, 7);
    subscriptions.notOwner(b, CHANNEL);
    assertThat(a.said).endsWith("remove", "add 7");
    assertThat(waits).isEmpty();
  }

  @Test
  void referred_relayHasBecomeTheOwner_isAskedAsTheOwner() {
    referToB();
    subscriptions.added(b, CHANNEL, 7);
    owner = b;
    subscriptions.notOwner(b, CHANNEL);
    assertThat(b.said).containsExactly("add -1 below a", "add 7");
  }

  @Test
  void referred_relayCannotBeReached_ownerIsAskedAgainAndServesInTheEnd() {
    relay = null;
    subscriptions.follow(CHANNEL, heard);
    for (int i = 0; i < 3; i++) {
      subscriptions.referred(a, CHANNEL, BELOW_A);
      runTimers();
    }
    assertThat(a.said).containsExactly("add -1", "add -1", "add -1", "add -1 here");
    assertThat(waits).hasSize(3);
  }

  @Test
  void referred_relayNeverServes_ownerIsAskedAgainWithWaitsAndServesInTheEnd() {
    subscriptions.follow(CHANNEL, heard);
    for (int i = 0; i < 3; i++) {
      subscriptions.referred(a, CHANNEL, BELOW_A);
      subscriptions.notOwner(b, CHANNEL);
      runTimers();
    }
    assertThat(a.said).endsWith("add -1 here");
    assertThat(b.said).hasSize(3);
    assertThat(waits).hasSize(3);
  }

  @Test
  void referred_relayRefuses_isNotAskedTwice() {
    referToB();
    subscriptions.added(b, CHANNEL, 7);
    subscriptions.refused(b, CHANNEL);
    runTimers();
    assertThat(b.said).containsExactly("add -1 below a", "remove");
    assertThat(a.said).endsWith("add -1");
  }

  @Test
  void referred_byWhoIsNotAsked_changesNothing() {
    followOnA(7);
    subscriptions.referred(b, CHANNEL, BELOW_A);
    assertThat(a.said).containsExactly("add -1");
    assertThat(b.said).isEmpty();
  }

  private void referToB() {
    subscriptions.follow(CHANNEL, heard);
    subscriptions.referred(a, CHANNEL, BELOW_A);
  }

  private void followOnA(long head) {
    subscriptions.follow(CHANNEL, heard);
    subscriptions.added(a, CHANNEL, head);
  }

  private void moveTo(Stream next) {
    owner = next;
    subscriptions.reroute();
  }

  private void event(Stream from, long seq) {
    subscriptions.event(from, Parcel.ofFrame(CHANNEL, seq, "", ByteString.EMPTY));
  }

  private void later(Duration wait, Runnable task) {
    waits.add(wait);
    timers.add(task);
  }

  private void runTimers() {
    List<Runnable> due = List.copyOf(timers);
    timers.clear();
    due.forEach(Runnable::run);
  }

  private final class Asked implements Subscriptions.Owners {

    @Override
    public @Nullable Wire wire(long channelId) {
      return owner;
    }

    @Override
    public @Nullable Wire relay(String serverId) {
      return relay;
    }
  }

  private static final class Stream implements Subscriptions.Wire {

    final List<String> said = new ArrayList<>();

    @Override
    public void add(long channelId, long afterSeq) {
      add(channelId, afterSeq, Place.OWNER, true);
    }

    @Override
    public void add(long channelId, long afterSeq, Place place, boolean follows) {
      String below = place.isRelay() ? " below " + String.join("/", place.path()) : "";
      said.add("add " + afterSeq + below + (follows ? "" : " here"));
    }

    @Override
    public void remove(long channelId) {
      said.add("remove");
    }
  }

  private static final class Heard implements Follower {

    final List<String> all = new ArrayList<>();

    @Override
    public void started(long channelId, long head) {
      all.add("started " + head);
    }

    @Override
    public void event(Parcel parcel) {
      all.add("event " + parcel.seq());
    }

    @Override
    public void moved(long channelId, long head) {
      all.add("moved " + head);
    }
  }
}
