package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.feed.FeedBounds;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.relay.Stage;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.ring.Shard;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Acts on one workspace at its owner, in a simulated world without faults. */
class ActQueueTest {

  private static final FeedId FEED = FeedId.workspace(9);
  private static final long OWNER = 1;
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  private final SimWorld world = new SimWorld(1);
  private final SimProcess process = new SimProcess(world);
  private final FeedOwner feeds = owner();
  private final Gateway gateway = new Gateway();
  private long nonces;

  @BeforeEach
  void found() {
    Act.Builder found = Act.newBuilder();
    found.getFoundBuilder().setName("Birds");
    assertThat(done(ask(OWNER, found)).getSeq()).isEqualTo(1);
  }

  @Test
  void actsAskedAtOnce_areEventsInTheirOrder_eachDecidedOnThoseBeforeIt() {
    var enters = ask(2, enter());
    var topic = ask(OWNER, nickname(2, "Bea"));
    var kicked = ask(OWNER, kick(2));
    var late = ask(OWNER, nickname(2, "Ben"));
    var again = ask(2, enter());
    world.run(A_WHILE);
    assertThat(seqs(List.of(enters, topic, kicked, again))).containsExactly(2L, 3L, 4L, 5L);
    assertThat(reason(late)).isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
  }

  @Test
  void subscriberWhoIsSlow_holdsBackTheAnswers_notTheNextActs() {
    gateway.subscribe();
    gateway.goBy(1);
    assertThat(gateway.trusted).isEqualTo(1);
    var enters = ask(2, enter());
    world.run(A_WHILE);
    var kicked = ask(OWNER, kick(2));
    world.run(A_WHILE);
    assertThat(gateway.heard).containsExactly(2L, 3L);
    assertThat(enters).isNotDone();
    gateway.goBy(2);
    assertThat(seqs(List.of(enters))).containsExactly(2L);
    assertThat(kicked).isNotDone();
    gateway.goBy(3);
    assertThat(seqs(List.of(kicked))).containsExactly(3L);
  }

  @Test
  void actThatFindsItDone_isAnsweredNoEarlierThanTheActThatDidIt() {
    gateway.subscribe();
    gateway.goBy(1);
    var enters = ask(2, enter());
    var inTheSameTurn = ask(2, enter());
    world.run(A_WHILE);
    var inTheNext = ask(2, enter());
    var refused = ask(2, kick(OWNER));
    world.run(A_WHILE);
    assertThat(enters).isNotDone();
    assertThat(inTheSameTurn).isNotDone();
    assertThat(inTheNext).isNotDone();
    assertThat(refused).isNotDone();
    gateway.goBy(2);
    assertThat(seqs(List.of(enters, inTheSameTurn, inTheNext))).containsExactly(2L, 0L, 0L);
    assertThat(reason(refused)).isEqualTo(Reason.REASON_PERMISSION_MISSING);
  }

  @Test
  void subscriberWhoSaysNothing_losesHisSubscription_andIsWaitedForNoLongerThanHeIsTrusted() {
    gateway.subscribe();
    gateway.goBy(1);
    var enters = ask(2, enter());
    world.run(Duration.ofSeconds(3));
    assertThat(gateway.refusals).containsExactly(Reason.REASON_TIMEOUT);
    assertThat(enters).isNotDone();
    world.run(Duration.ofSeconds(7));
    assertThat(seqs(List.of(enters))).containsExactly(2L);
  }

  @Test
  void subscriberWhoIsAlwaysTheSlower_isTrustedWhileActsFollowOneAnother() {
    Gateway quick = new Gateway();
    quick.subscribe();
    quick.goBy(1);
    gateway.subscribe();
    for (int i = 0; i < 10; i++) {
      var act = ask(OWNER, nickname(OWNER, "Ada " + i));
      world.run(Duration.ofMillis(100));
      quick.goBy(2 + i);
      gateway.goBy(1 + i);
      assertThat(act.isDone()).isEqualTo(gateway.trusted == 0);
    }
    assertThat(gateway.trusted).isPositive();
  }

  @Test
  void actsBeyondTheQueue_areRefused() {
    List<CompletableFuture<AdministerResponse>> all =
        LongStream.range(100, 500).mapToObj(user -> ask(user, enter())).toList();
    world.run(Duration.ofSeconds(10));
    assertThat(all).allMatch(CompletableFuture::isDone);
    var refused = all.stream().filter(CompletableFuture::isCompletedExceptionally).toList();
    assertThat(refused).hasSizeBetween(100, 143);
    assertThat(refused).allMatch(one -> reason(one) == Reason.REASON_OVERLOADED);
  }

  @Test
  void actsOfAFeedThatIsLost_areRefused_andNobodyWaits() {
    gateway.subscribe();
    gateway.goBy(1);
    var event = ask(2, enter());
    world.run(A_WHILE);
    var undecided = ask(3, enter());
    feeds.lost(Shard.of(FEED));
    world.run(A_WHILE);
    assertThat(reason(event)).isEqualTo(Reason.REASON_TIMEOUT);
    assertThat(reason(undecided)).isIn(Reason.REASON_NOT_OWNER, Reason.REASON_TIMEOUT);
  }

  private static Act.Builder enter() {
    return Act.newBuilder().setEnter(Act.Enter.getDefaultInstance());
  }

  private static Act.Builder kick(long user) {
    return Act.newBuilder().setKick(Act.Kick.newBuilder().setUserId(user));
  }

  private static Act.Builder nickname(long user, String nickname) {
    return Act.newBuilder()
        .setSetNickname(Act.SetNickname.newBuilder().setUserId(user).setNickname(nickname));
  }

  private CompletableFuture<AdministerResponse> ask(long actor, Act.Builder act) {
    ByteString nonce =
        ByteString.copyFrom(ByteBuffer.allocate(16).putLong(++nonces).putLong(0).flip());
    return feeds
        .administer(
            AdministerRequest.newBuilder()
                .setWorkspaceId(FEED.id())
                .setActorId(actor)
                .setNonce(nonce)
                .setAct(act)
                .build(),
            "")
        .toCompletableFuture();
  }

  private AdministerResponse done(CompletableFuture<AdministerResponse> act) {
    return world.answer(act);
  }

  private static List<Long> seqs(List<CompletableFuture<AdministerResponse>> acts) {
    assertThat(acts).allMatch(CompletableFuture::isDone);
    return acts.stream().map(act -> act.join().getSeq()).toList();
  }

  private static Reason reason(CompletableFuture<AdministerResponse> act) {
    assertThat(act).isDone();
    Throwable fault = catchThrowable(act::join);
    while (fault != null && !(fault instanceof RefusedException)) {
      fault = fault.getCause();
    }
    return fault instanceof RefusedException refused ? refused.reason() : Reason.REASON_UNSPECIFIED;
  }

  private FeedOwner owner() {
    SimLink link = new SimLink(world, process, 0);
    SimStores stores = new SimStores(new SimDatabase(), link, link, SimRules.KEPT);
    FeedBounds feed =
        new FeedBounds(
            64,
            64,
            65_536,
            256,
            1_000,
            Duration.ofMinutes(5),
            Duration.ofDays(30),
            Duration.ofMillis(20),
            Duration.ofSeconds(1));
    OwnerBounds bounds =
        new OwnerBounds(
            feed,
            4,
            100,
            Duration.ofMinutes(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            new TrustBounds(Duration.ofSeconds(10), Duration.ofSeconds(2)));
    return LoneServer.owning(FEED, LoneServer.context(process, stores.asStores(), bounds), process);
  }

  /** A gateway that says what it goes by when it is told to. */
  private final class Gateway implements FeedSubscriber {
    final List<Long> heard = new ArrayList<>();
    final List<Reason> refusals = new ArrayList<>();
    int trusted;

    void subscribe() {
      feeds.subscribe(FEED, OptionalLong.of(1), this);
      world.run(Duration.ofMillis(10));
    }

    void goBy(long seq) {
      feeds.applied(FEED, this, seq, 0);
      world.run(Duration.ofMillis(10));
    }

    @Override
    public long process() {
      return System.identityHashCode(this);
    }

    @Override
    public void trusted(long askedAt, long millis) {
      trusted++;
    }

    @Override
    public void added(long lastSeq, long fromSeq) {}

    @Override
    public void refused(Reason reason) {
      refusals.add(reason);
    }

    @Override
    public void referred(String serverId, Stage stage) {}

    @Override
    public void event(SubscribeResponse event) {
      heard.add(event.getEvent().getSeq());
    }
  }
}
