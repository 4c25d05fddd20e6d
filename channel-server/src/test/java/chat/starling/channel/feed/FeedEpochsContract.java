package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.channel.StoreContract;
import chat.starling.channel.feed.EpochStarts.Start;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What feeds rely on in {@link FeedEpochs}: no change gets lost, whoever else tries. */
public abstract class FeedEpochsContract extends StoreContract<FeedEpochs> {

  private static final Duration RETENTION = Duration.ofDays(30);

  private final FeedId feed = FeedId.channel(freshId());
  private final EpochStarts first = after(EpochStarts.NONE, 3, 1);
  private final EpochStarts second = after(first, 4, 10);

  @Test
  void read_nothingWritten_isNone() {
    assertThat(read()).isEqualTo(EpochStarts.NONE);
  }

  @Test
  void replace_whatTheStoreHolds_isDone() {
    assertThat(replace(EpochStarts.NONE, first)).isEqualTo(first);
    assertThat(read()).isEqualTo(first);
    assertThat(replace(first, second)).isEqualTo(second);
    assertThat(read()).isEqualTo(second);
    assertThat(read().starts()).extracting(Start::epoch).containsExactly(3L, 4L);
  }

  @Test
  void replace_whatTheStoreHoldsNoLonger_isRefusedWithWhatItHolds() {
    replace(EpochStarts.NONE, first);
    replace(first, second);
    EpochStarts late = after(first, 5, 7);
    assertThat(replace(first, late)).isEqualTo(second);
    assertThat(replace(EpochStarts.NONE, after(EpochStarts.NONE, 5, 1))).isEqualTo(second);
    assertThat(read()).isEqualTo(second);
  }

  @Test
  void replace_whatTheStoreNeverHeld_isRefused() {
    assertThat(replace(first, second)).isEqualTo(EpochStarts.NONE);
    assertThat(read()).isEqualTo(EpochStarts.NONE);
  }

  @Test
  void replace_byManyAtOnce_isDoneForOneAndAllLearnWhich() {
    EpochStarts held = EpochStarts.NONE;
    for (int round = 0; round < 5; round++) {
      EpochStarts seen = held;
      List<EpochStarts> wishes =
          LongStream.rangeClosed(1, 4)
              .mapToObj(racer -> after(seen, seen.last() + racer, 1 + seen.version()))
              .toList();
      List<EpochStarts> told =
          answers(wishes.stream().map(wish -> store().replace(feed, seen, wish)).toList());
      held = read();
      assertThat(wishes).contains(held);
      assertThat(told).containsOnly(held);
    }
  }

  @Test
  void replace_doneButAnswerLost_isSettledByReading() {
    replace(EpochStarts.NONE, first);
    loseAnswer(true);
    assertThat(read()).isEqualTo(second);
    assertThat(replace(first, second)).as("the same once more").isEqualTo(second);
    assertThat(replace(first, after(first, 5, 7))).isEqualTo(second);
  }

  @Test
  void replace_notDoneAndAnswerLost_isSettledByReading() {
    replace(EpochStarts.NONE, first);
    loseAnswer(false);
    assertThat(read()).isEqualTo(first);
    assertThat(replace(first, second)).isEqualTo(second);
  }

  @Test
  void feeds_ofOtherIdOrKind_areApart() {
    replace(EpochStarts.NONE, first);
    FeedId other = FeedId.channel(freshId());
    FeedId namesake = new FeedId(FeedKind.USER, feed.id());
    assertThat(answer(store().read(other))).isEqualTo(EpochStarts.NONE);
    assertThat(answer(store().read(namesake))).isEqualTo(EpochStarts.NONE);
    assertThat(answer(store().replace(namesake, EpochStarts.NONE, first))).isEqualTo(first);
  }

  private void loseAnswer(boolean done) {
    failNextChange(done);
    CompletionStage<EpochStarts> lost = store().replace(feed, first, second);
    assertThatThrownBy(() -> answer(lost)).isNotNull();
  }

  private EpochStarts read() {
    return answer(store().read(feed));
  }

  private EpochStarts replace(EpochStarts seen, EpochStarts next) {
    return answer(store().replace(feed, seen, next));
  }

  private static EpochStarts after(EpochStarts seen, long epoch, long seq) {
    return seen.with(new Start(epoch, seq, 1_767_225_600_000L + epoch), RETENTION);
  }
}
