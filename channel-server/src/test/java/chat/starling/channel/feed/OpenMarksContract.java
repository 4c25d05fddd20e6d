package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.channel.StoreContract;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import chat.starling.platform.ring.Shard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What feeds rely on in {@link OpenMarks}: stamps decide, whatever arrives first. */
public abstract class OpenMarksContract extends StoreContract<OpenMarks> {

  private static final long LARGEST = 1L << 62;
  private static final int DELETED = 10_000;
  private static final int AT_ONCE = 250;

  private final FeedId feed = FeedId.channel(freshId());

  @Test
  void feed_neverMarked_hasNoMark() {
    assertThat(marks()).isEmpty();
    assertThat(answer(store().ofShard(Shard.of(feed)))).doesNotContain(feed);
  }

  @Test
  void put_again_renewsTheMark() {
    put(mark(3, 10, 5), 1);
    assertThat(marks()).containsExactly(mark(3, 10, 5));
    put(mark(3, 12, 12), 2);
    assertThat(marks()).containsExactly(mark(3, 12, 12));
  }

  @Test
  void put_withTheSmallerStamp_changesNothing() {
    put(mark(3, 12, 12), 2);
    put(mark(3, 10, 5), 1);
    assertThat(marks()).containsExactly(mark(3, 12, 12));
  }

  @Test
  void put_lateAfterADeleteWithTheLargerStamp_staysAway() {
    put(mark(1, 0, 0), 1);
    delete(1, 3);
    put(mark(1, 7, 7), 2);
    assertThat(marks()).isEmpty();
  }

  @Test
  void put_afterADeleteWithTheSmallerStamp_isThere() {
    delete(1, 3);
    put(mark(1, 7, 7), 4);
    assertThat(marks()).containsExactly(mark(1, 7, 7));
  }

  @Test
  void delete_lateAfterAPutWithTheLargerStamp_takesNothingAway() {
    put(mark(1, 7, 7), 3);
    delete(1, 2);
    assertThat(marks()).containsExactly(mark(1, 7, 7));
    assertThat(answer(store().ofShard(Shard.of(feed)))).contains(feed);
  }

  @Test
  void changes_inAnyOrder_leaveWhatTheLargestStampSays() {
    List<Integer> stamps = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6));
    Random random = new Random(7);
    for (int last = 5; last <= 6; last++) {
      Collections.shuffle(stamps, random);
      FeedId each = FeedId.channel(freshId());
      for (int stamp : stamps.stream().limit(last).toList()) {
        change(each, stamp);
      }
      int largest = Collections.max(stamps.subList(0, last));
      assertThat(answer(store().ofFeed(each)))
          .isEqualTo(largest % 2 == 0 ? List.of() : List.of(mark(1, largest, largest)));
    }
  }

  @Test
  void stamps_asLargeAsTheyMayBe_stillDecide() {
    put(mark(1, 1, 1), LARGEST - 2);
    delete(1, LARGEST - 1);
    assertThat(marks()).isEmpty();
    put(mark(1, 2, 2), LARGEST);
    delete(1, LARGEST - 1);
    assertThat(marks()).containsExactly(mark(1, 2, 2));
  }

  @Test
  void epochs_ofOneFeed_lieSideBySide() {
    put(mark(7, 20, 9), 1);
    put(mark(1, 5, 5), 9);
    put(mark(4, 11, 9), 5);
    assertThat(marks()).containsExactly(mark(1, 5, 5), mark(4, 11, 9), mark(7, 20, 9));
    delete(4, 6);
    assertThat(marks()).containsExactly(mark(1, 5, 5), mark(7, 20, 9));
    delete(1, 8);
    assertThat(marks()).containsExactly(mark(1, 5, 5), mark(7, 20, 9));
  }

  @Test
  void feeds_ofOtherIdOrKind_areApart() {
    FeedId namesake = new FeedId(FeedKind.USER, feed.id());
    put(mark(1, 5, 5), 1);
    assertThat(answer(store().ofFeed(namesake))).isEmpty();
    answer(store().delete(namesake, 1, 9));
    assertThat(marks()).hasSize(1);
  }

  @Test
  void shard_listsEachOfItsMarkedFeedsOnceAndNoOther() {
    Shard shard = Shard.of(feed);
    FeedId neighbour = another(shard);
    FeedId done = another(shard);
    FeedId elsewhere = another(new Shard((shard.index() + 1) % Shard.COUNT));
    for (long epoch = 1; epoch <= 3; epoch++) {
      put(mark(epoch, 0, 0), epoch);
    }
    answer(store().put(neighbour, mark(2, 0, 0), 1));
    answer(store().put(done, mark(2, 0, 0), 1));
    answer(store().delete(done, 2, 2));
    answer(store().put(elsewhere, mark(1, 0, 0), 1));
    assertThat(answer(store().ofShard(shard)))
        .contains(feed, neighbour)
        .doesNotContain(done, elsewhere)
        .doesNotHaveDuplicates()
        .allMatch(listed -> Shard.of(listed).equals(shard));
  }

  @Test
  void shard_withManyDeletedMarks_stillAnswers() {
    for (long epoch = 1; epoch <= DELETED; epoch += AT_ONCE) {
      answers(
          LongStream.range(epoch, epoch + AT_ONCE)
              .mapToObj(each -> store().delete(feed, each, 2))
              .toList());
    }
    FeedId open = another(Shard.of(feed));
    answer(store().put(open, mark(1, 0, 0), 1));
    assertThat(answer(store().ofShard(Shard.of(feed)))).contains(open).doesNotContain(feed);
    assertThat(marks()).isEmpty();
  }

  @Test
  void put_failed_isMendedByTheSamePutAgain() {
    for (boolean done : new boolean[] {true, false}) {
      FeedId each = FeedId.channel(freshId());
      failNextChange(done);
      CompletionStage<Void> failed = store().put(each, mark(1, 0, 0), 1);
      assertThatThrownBy(() -> answer(failed)).isNotNull();
      assertThat(answer(store().ofFeed(each))).hasSize(done ? 1 : 0);
      answer(store().put(each, mark(1, 0, 0), 1));
      assertThat(answer(store().ofFeed(each))).containsExactly(mark(1, 0, 0));
    }
  }

  /** An odd stamp puts, an even one deletes. */
  private void change(FeedId each, int stamp) {
    answer(
        stamp % 2 == 0
            ? store().delete(each, 1, stamp)
            : store().put(each, mark(1, stamp, stamp), stamp));
  }

  private void put(OpenMark mark, long stamp) {
    answer(store().put(feed, mark, stamp));
  }

  private void delete(long epoch, long stamp) {
    answer(store().delete(feed, epoch, stamp));
  }

  private List<OpenMark> marks() {
    return answer(store().ofFeed(feed));
  }

  private static OpenMark mark(long epoch, long historySeq, long outboxSeq) {
    return new OpenMark(epoch, historySeq, outboxSeq);
  }

  /** A feed of this shard that no test had before. */
  private static FeedId another(Shard shard) {
    FeedId each = FeedId.channel(freshId());
    while (!Shard.of(each).equals(shard)) {
      each = FeedId.channel(freshId());
    }
    return each;
  }
}
