package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.v1.Author;
import chat.starling.channel.StoreContract;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What feeds rely on in a {@link FeedOutbox}. */
public abstract class FeedOutboxContract extends StoreContract<FeedOutbox> {

  private final FeedId feed = FeedId.channel(freshId());

  /** One occurrence of an event, as a consumer of the outbox meets it. */
  public record Published(long seq, ByteString event) {}

  /** All occurrences of the feed's events so far, in the order in which a consumer meets them. */
  protected abstract List<Published> published(FeedId of);

  @Test
  void publish_answered_allOfTheRunIsThere() {
    answer(store().publish(feed, run(feed, 1, 3)));
    assertThat(published(feed)).isEqualTo(occurrences(run(feed, 1, 3)));
  }

  @Test
  void publish_runAfterRun_isInOrder() {
    for (long seq = 1; seq <= 60; seq += 3) {
      answer(store().publish(feed, run(feed, seq, seq + 2)));
    }
    assertThat(published(feed)).isEqualTo(occurrences(run(feed, 1, 60)));
  }

  @Test
  void publish_longRun_isInOrder() {
    answer(store().publish(feed, run(feed, 1, 3_000)));
    assertThat(published(feed)).isEqualTo(occurrences(run(feed, 1, 3_000)));
  }

  @Test
  void publish_runsOfManyFeedsAtOnce_leaveEachFeedInOrder() {
    List<FeedId> feeds = Stream.generate(() -> FeedId.channel(freshId())).limit(12).toList();
    answers(feeds.stream().map(each -> store().publish(each, run(each, 1, 20))).toList());
    answers(feeds.stream().map(each -> store().publish(each, run(each, 21, 25))).toList());
    assertThat(feeds)
        .allSatisfy(each -> assertThat(published(each)).isEqualTo(occurrences(run(each, 1, 25))));
  }

  @Test
  void publish_firstRunFarInTheFeed_isTakenAsItIs() {
    answer(store().publish(feed, run(feed, 4_000_000_000L, 4_000_000_001L)));
    assertThat(published(feed)).isEqualTo(occurrences(run(feed, 4_000_000_000L, 4_000_000_001L)));
  }

  @Test
  void publish_sameRunAgain_repeatsItBehind() {
    answer(store().publish(feed, run(feed, 1, 2)));
    answer(store().publish(feed, run(feed, 1, 3)));
    assertThat(published(feed)).containsSubsequence(occurrences(run(feed, 1, 3)));
    assertThat(firstOccurrences()).isEqualTo(occurrences(run(feed, 1, 3)));
  }

  @Test
  void publish_failed_isMendedByTheSameRunWithMoreBehind() {
    for (boolean done : new boolean[] {true, false}) {
      long first = done ? 1 : 101;
      failNextChange(done);
      CompletionStage<Void> failed = store().publish(feed, run(feed, first, first + 9));
      assertThatThrownBy(() -> answer(failed)).isNotNull();
      answer(store().publish(feed, run(feed, first, first + 99)));
    }
    assertThat(firstOccurrences()).isEqualTo(occurrences(run(feed, 1, 200)));
  }

  @Test
  void publish_failedAndNeverAgain_leavesNoGapBeforeWhatIsThere() {
    failNextChange(false);
    CompletionStage<Void> failed = store().publish(feed, run(feed, 1, 10));
    assertThatThrownBy(() -> answer(failed)).isNotNull();
    answer(store().publish(FeedId.channel(freshId()), run(feed, 1, 1)));
    int there = firstOccurrences().size();
    assertThat(firstOccurrences()).isEqualTo(occurrences(run(feed, 1, 10)).subList(0, there));
  }

  @Test
  void feeds_ofOtherIdOrKind_areApart() {
    answer(store().publish(feed, run(feed, 1, 1)));
    assertThat(published(FeedId.channel(freshId()))).isEmpty();
    assertThat(published(new FeedId(FeedKind.USER, feed.id()))).isEmpty();
  }

  private List<Published> firstOccurrences() {
    List<Published> first = new ArrayList<>();
    published(feed).stream().filter(each -> !first.contains(each)).forEach(first::add);
    return first;
  }

  private static List<Published> occurrences(List<FeedEntry> run) {
    return run.stream().map(entry -> new Published(entry.seq(), entry.event())).toList();
  }

  /** The feed's events of these seqs, both included. */
  public static List<FeedEntry> run(FeedId feed, long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(seq -> entry(feed, seq, "")).toList();
  }

  /** The feed's event of this seq, traced or not. */
  public static FeedEntry entry(FeedId feed, long seq, String traceparent) {
    return FeedEntry.post(
        feed,
        seq,
        seq << 22,
        new Append(
            Author.newBuilder().setUserId(1).build(),
            ByteString.copyFrom(new byte[16]),
            "event " + seq + " of " + feed.id(),
            false,
            traceparent,
            new RecordedReply()));
  }
}
