package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Author;
import chat.starling.api.v1.Mentions;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.EpochStarts.Start;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTest {

  private static final FeedId ID = FeedId.channel(77);
  private static final long EPOCH = 5;
  private static final int MAX_WAITING = 4;
  private static final FeedBounds BOUNDS =
      new FeedBounds(
          MAX_WAITING,
          8,
          100_000,
          64,
          100,
          Duration.ofMinutes(5),
          Duration.ofDays(30),
          Duration.ofMillis(50),
          Duration.ofSeconds(1));

  private Instant now = Instant.parse("2026-05-01T12:00:00Z");
  private final RecordedEffects effects = new RecordedEffects();
  private final SnowflakeMint mint = new SnowflakeMint(1, () -> now);
  private boolean leaseValid = true;
  private final Feed feed =
      new Feed(
          ID,
          new Tenure(EPOCH, () -> leaseValid, FeedTest::notOwner),
          BOUNDS,
          mint::nextAfter,
          () -> now,
          effects);

  @Test
  void feed_leftClean_isShownAtOnceAndOpenedByTheFirstAppend() {
    feed.recovered(found(EpochStarts.NONE, List.of()));
    assertThat(feed.readable()).isTrue();
    assertThat(effects.opened).isEmpty();
    append(1, "one");
    assertThat(effects.opened).containsExactly(new OpenMark(EPOCH, 0, 0));
    assertThat(effects.fixed).isEmpty();
    feed.marked();
    assertThat(effects.written).isEmpty();
    feed.startKnown(effects.fixed.getFirst());
    assertThat(effects.written).extracting(append -> append.row().seq()).containsExactly(1L);
    assertThat(effects.written.getFirst().row().epoch()).isEqualTo(EPOCH);
  }

  @Test
  void feed_leftOpen_isNotShownBeforeItsMarkIsDurableAndItsStartFixed() {
    feed.recovered(found(former(), List.of(entry(1, 9, "old")), new OpenMark(EPOCH - 1, 0, 0)));
    assertThat(feed.readable()).isFalse();
    assertThat(effects.fixed).isEmpty();
    feed.marked();
    assertThat(feed.readable()).isFalse();
    assertThat(effects.fixed.getFirst().startOf(EPOCH)).isEqualTo(2);
    feed.startKnown(effects.fixed.getFirst());
    assertThat(feed.readable()).isTrue();
    assertThat(feed.settledSeq()).isEqualTo(1);
    assertThat(feed.lag(Follower.OUTBOX)).isEqualTo(1);
  }

  @Test
  void feed_thatWasOpenedByThisEpochBefore_needsNoOtherStart() {
    feed.recovered(
        found(
            new EpochStarts(1, List.of(new Start(EPOCH, 1, 0))),
            List.of(entry(1, 9, "old")),
            new OpenMark(EPOCH, 1, 0)));
    feed.marked();
    assertThat(effects.fixed).isEmpty();
    assertThat(feed.readable()).isTrue();
  }

  @Test
  void start_thatAnEarlierTryFixedElsewhere_isReadAgainBeforeAnythingIsShown() {
    feed.recovered(found(former(), List.of(entry(1, 9, "old")), new OpenMark(EPOCH - 1, 0, 0)));
    feed.marked();
    EpochStarts late = former().with(new Start(EPOCH, 1, 0), Duration.ofDays(30));
    feed.startKnown(late);
    assertThat(feed.readable()).isFalse();
    assertThat(effects.recoveries).isEqualTo(1);
    feed.recovered(found(late, List.of(), new OpenMark(EPOCH, 0, 0)));
    feed.marked();
    append(1, "new");
    assertThat(effects.written.getFirst().row().seq()).isEqualTo(1);
  }

  @Test
  void start_thatSomebodyElseWasFasterWith_isReadAgain() {
    feed.recovered(found(former(), List.of(entry(1, 9, "old")), new OpenMark(EPOCH - 1, 0, 0)));
    feed.marked();
    feed.startKnown(former());
    assertThat(effects.recoveries).isEqualTo(1);
    assertThat(feed.readable()).isFalse();
  }

  @Test
  void feed_thatALaterEpochHas_refusesAll() {
    RecordedReply waiting = append(1, "waits");
    feed.recovered(found(new EpochStarts(3, List.of(new Start(EPOCH + 1, 1, 0))), List.of()));
    RecordedReply next = append(2, "comes");
    assertThat(waiting.refusals).containsExactly(Reason.REASON_NOT_OWNER);
    assertThat(next.refusals).containsExactly(Reason.REASON_NOT_OWNER);
    assertThat(feed.lost()).isTrue();
  }

  @Test
  void feed_thatALaterEpochMarked_refusesAll() {
    feed.recovered(found(EpochStarts.NONE, List.of(), new OpenMark(EPOCH + 1, 0, 0)));
    assertThat(append(1, "comes").refusals).containsExactly(Reason.REASON_NOT_OWNER);
  }

  @Test
  void feed_leftClean_isNotShownWithoutALease() {
    leaseValid = false;
    feed.recovered(found(EpochStarts.NONE, List.of()));
    assertThat(feed.readable()).isFalse();
    assertThat(effects.leasesAwaited).isEqualTo(1);
    feed.leaseMayBeBack();
    assertThat(effects.leasesAwaited).isEqualTo(2);
    leaseValid = true;
    feed.leaseMayBeBack();
    assertThat(feed.readable()).isTrue();
  }

  @Test
  void row_durableWithoutALease_isNotAckedBeforeTheLeaseIsBack() {
    open();
    RecordedReply reply = append(1, "one");
    leaseValid = false;
    feed.durable(effects.written.getFirst());
    feed.leaseMayBeBack();
    assertThat(reply.acks).isEmpty();
    assertThat(effects.settled).isEmpty();
    leaseValid = true;
    feed.leaseMayBeBack();
    assertThat(reply.acks).extracting(Appended::seq).containsExactly(1L);
  }

  @Test
  void feed_lostWithRowsInFlight_leavesTheirOutcomeOpenAndRefusesTheRest() {
    open();
    RecordedReply sent = append(1, "one");
    RecordedReply joined = append(1, "one");
    feed.lose();
    assertThat(sent.refusals).containsExactly(Reason.REASON_TIMEOUT);
    assertThat(joined.refusals).containsExactly(Reason.REASON_TIMEOUT);
    assertThat(append(2, "two").refusals).containsExactly(Reason.REASON_NOT_OWNER);
    feed.durable(effects.written.getFirst());
    assertThat(sent.acks).isEmpty();
  }

  @Test
  void feed_finishing_acksWhatIsInFlightAndTakesNothingMore() {
    open();
    RecordedReply sent = append(1, "one");
    assertThat(feed.finish()).isFalse();
    assertThat(append(2, "two").refusals).containsExactly(Reason.REASON_NOT_OWNER);
    feed.durable(effects.written.getFirst());
    assertThat(sent.acks).hasSize(1);
    assertThat(feed.finish()).isTrue();
  }

  @Test
  void feed_silentAndFollowed_isLeftCleanAndOpenedAgainByTheNextAppend() {
    feed.recovered(found(former(), List.of(), new OpenMark(EPOCH - 1, 0, 0)));
    feed.marked();
    feed.startKnown(effects.fixed.getFirst());
    append(1, "one");
    feed.durable(effects.written.getFirst());
    feed.tick();
    follow(1);
    feed.headWritten(1);
    assertThat(effects.closed).isEmpty();
    feed.tick();
    assertThat(effects.closed).containsExactly(List.of(EPOCH - 1));
    assertThat(feed.clean()).isTrue();
    append(2, "two");
    feed.marked();
    assertThat(effects.opened.getLast()).isEqualTo(new OpenMark(EPOCH, 1, 1));
    assertThat(effects.written).extracting(append -> append.row().seq()).containsExactly(1L, 2L);
  }

  @Test
  void mark_ofAFormerEpochThatComesLate_isBuriedOnlyOnceThisEpochHasAStart() {
    feed.recovered(found(former(), List.of(entry(1, 9, "old"))));
    feed.marksFound(List.of(new OpenMark(EPOCH - 1, 0, 0)));
    assertThat(effects.closed).isEmpty();
    feed.marked();
    feed.startKnown(effects.fixed.getFirst());
    feed.headWritten(1);
    feed.tick();
    assertThat(effects.closed).containsExactly(List.of(EPOCH - 1));
    feed.marksFound(List.of(new OpenMark(EPOCH - 1, 0, 0)));
    assertThat(effects.closed).hasSize(2);
  }

  @Test
  void feed_thatOneFollowerLags_staysOpenAndTellsOfItsProgress() {
    open();
    append(1, "one");
    feed.durable(effects.written.getFirst());
    feed.tick();
    feed.followed(Follower.HISTORY, 1);
    feed.headWritten(1);
    feed.tick();
    feed.tick();
    assertThat(effects.closed).isEmpty();
    assertThat(effects.renewed).containsExactly(new OpenMark(EPOCH, 1, 0));
  }

  @Test
  void rows_durableOutOfOrder_areAckedAndSettledInOrder() {
    open();
    RecordedReply first = append(1, "one");
    RecordedReply second = append(2, "two");
    feed.durable(effects.written.get(1));
    assertThat(second.acks).isEmpty();
    feed.durable(effects.written.get(0));
    assertThat(first.acks).extracting(Appended::seq).containsExactly(1L);
    assertThat(second.acks).extracting(Appended::seq).containsExactly(2L);
    assertThat(effects.settled).containsExactly(1L, 2L);
  }

  @Test
  void row_ofUnknownOutcome_isWrittenAgainWithGrowingPauses() {
    open();
    RecordedReply reply = append(1, "one");
    for (int i = 0; i < 6; i++) {
      feed.writeFailed(effects.written.getFirst());
    }
    assertThat(reply.acks).isEmpty();
    assertThat(effects.pauses)
        .extracting(Duration::toMillis)
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1_000L);
  }

  @Test
  void appends_beyondTheBound_areRefusedWithATimeToRetry() {
    open();
    for (int i = 0; i < MAX_WAITING; i++) {
      append(i, "text");
    }
    assertThat(append(99, "more").refusals).containsExactly(Reason.REASON_OVERLOADED);
    feed.durable(effects.written.getFirst());
    assertThat(append(99, "more").refusals).isEmpty();
  }

  @Test
  void nonce_inFlightAgain_sharesTheFirstResult() {
    open();
    append(1, "one");
    RecordedReply again = append(1, "one");
    assertThat(append(1, "other").refusals).containsExactly(Reason.REASON_NONCE_REUSED);
    feed.durable(effects.written.getFirst());
    assertThat(effects.written).hasSize(1);
    assertThat(again.acks).extracting(Appended::duplicate).containsExactly(true);
    assertThat(append(1, "one").acks).extracting(Appended::seq).containsExactly(1L);
  }

  @Test
  void nonce_afterItsWindow_isNew() {
    open();
    append(1, "one");
    feed.durable(effects.written.getFirst());
    now = now.plus(Duration.ofMinutes(5)).plusMillis(1);
    append(1, "one");
    assertThat(effects.written).hasSize(2);
  }

  @Test
  void retry_olderThanMemory_isLookedForInTheLog() {
    List<FeedEntry> log =
        List.of(entry(1, 1, "one"), entry(2, 2, "two"), entry(3, 3, "three"), entry(4, 4, "four"));
    feed.recovered(
        new Recovered(
            new EpochStarts(1, List.of(new Start(EPOCH, 1, 0))),
            new FeedHead(4, log.getLast().messageId()),
            log.subList(3, 4),
            List.of(new OpenMark(EPOCH, 4, 4))));
    feed.marked();
    RecordedReply known = retry(2, "two");
    RecordedReply unknown = retry(9, "nine");
    assertThat(effects.readBack).containsExactly(4L);
    feed.readBack(log.subList(1, 3));
    assertThat(known.acks).extracting(Appended::seq).containsExactly(2L);
    assertThat(unknown.acks).isEmpty();
    assertThat(effects.readBack).containsExactly(4L, 2L);
    feed.readBack(log.subList(0, 1));
    assertThat(effects.written).extracting(append -> append.row().seq()).containsExactly(5L);
    assertThat(retry(1, "one").acks).extracting(Appended::seq).containsExactly(1L);
    assertThat(effects.readBack).hasSize(2);
  }

  private void open() {
    feed.recovered(
        found(
            new EpochStarts(1, List.of(new Start(EPOCH, 1, 0))),
            List.of(),
            new OpenMark(EPOCH, 0, 0)));
    feed.marked();
  }

  @Test
  void change_decidedOnLessThanTheFeedTurnsOutToHold_isNotDone() {
    feed.recovered(found(EpochStarts.NONE, List.of()));
    RecordedReply reply = new RecordedReply();
    WorkspaceEvent event =
        WorkspaceEvent.newBuilder()
            .setActorId(7)
            .setNonce(ByteString.copyFrom(new byte[16]))
            .build();
    feed.append(Append.change(new WorkspaceChange(event, 0), reply));
    feed.marked();
    feed.startKnown(former());
    feed.recovered(found(former(), List.of(entry(1, 9, "of the owner before"))));
    feed.marked();
    feed.startKnown(effects.fixed.getLast());
    assertThat(reply.outdated).isEqualTo(1);
    assertThat(effects.written).isEmpty();
    feed.append(Append.change(new WorkspaceChange(event, 1), reply));
    assertThat(effects.written).extracting(append -> append.row().seq()).containsExactly(2L);
  }

  private void follow(long seq) {
    feed.followed(Follower.HISTORY, seq);
    feed.followed(Follower.OUTBOX, seq);
  }

  private static Recovered found(EpochStarts starts, List<FeedEntry> recent, OpenMark... marks) {
    return new Recovered(starts, FeedHead.NONE, recent, List.of(marks));
  }

  private static Refusal notOwner() {
    return Refuse.because(Reason.REASON_NOT_OWNER).build();
  }

  private static EpochStarts former() {
    return new EpochStarts(1, List.of(new Start(EPOCH - 1, 1, 0)));
  }

  @Test
  void append_inSlowMode_isRefusedUntilItsTime_andItsRepetitionIsNot() {
    open();
    RecordedReply first = slow(1);
    settleAll();
    assertThat(first.acks).hasSize(1);
    assertThat(slow(2).refusals).containsExactly(Reason.REASON_RATE_LIMITED);
    assertThat(slow(1).acks).hasSize(1);
    now = now.plusSeconds(10);
    slow(2);
    settleAll();
    assertThat(feed.settledSeq()).isEqualTo(2);
  }

  private RecordedReply slow(int nonce) {
    RecordedReply reply = new RecordedReply();
    Append plain = request(nonce, "text", false, reply);
    feed.append(
        new Append(
            plain.author(),
            plain.nonce(),
            plain.text(),
            false,
            "",
            new Restraint(10, Mentions.getDefaultInstance(), 0),
            reply));
    return reply;
  }

  private void settleAll() {
    List.copyOf(effects.written).stream()
        .filter(append -> append.row().seq() > feed.settledSeq())
        .forEach(feed::durable);
  }

  private RecordedReply append(int nonce, String text) {
    RecordedReply reply = new RecordedReply();
    feed.append(request(nonce, text, false, reply));
    return reply;
  }

  private RecordedReply retry(int nonce, String text) {
    RecordedReply reply = new RecordedReply();
    feed.append(request(nonce, text, true, reply));
    return reply;
  }

  private FeedEntry entry(long seq, int nonce, String text) {
    return FeedEntry.post(ID, seq, mint.next(), request(nonce, text, false, new RecordedReply()));
  }

  private static Append request(int nonce, String text, boolean retry, AppendReply reply) {
    return new Append(
        Author.newBuilder().setUserId(7).build(),
        ByteString.copyFrom(ByteBuffer.allocate(16).putLong(1).putLong(nonce).flip()),
        text,
        retry,
        "",
        reply);
  }
}
