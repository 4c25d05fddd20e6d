package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.channel.StoreContract;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What feeds rely on in {@link FeedHeads}: a head never falls. */
public abstract class FeedHeadsContract extends StoreContract<FeedHeads> {

  private final FeedId feed = FeedId.channel(freshId());

  @Test
  void read_nothingWritten_isNone() {
    assertThat(read()).isEqualTo(FeedHead.NONE);
  }

  @Test
  void write_inAnyOrder_keepsTheLargestSeqSoFar() {
    for (long[] order : new long[][] {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}}) {
      FeedId each = FeedId.channel(freshId());
      long largest = 0;
      for (long seq : order) {
        answer(store().write(each, head(seq)));
        largest = Math.max(largest, seq);
        assertThat(answer(store().read(each))).isEqualTo(head(largest));
      }
    }
  }

  @Test
  void write_manyAtOnce_keepsTheLargestWithItsOwnMessage() {
    List<FeedHead> heads =
        new ArrayList<>(LongStream.rangeClosed(1, 50).mapToObj(seq -> head(seq)).toList());
    Collections.shuffle(heads, new Random(7));
    answers(heads.stream().map(head -> store().write(feed, head)).toList());
    assertThat(read()).isEqualTo(head(50));
  }

  @Test
  void write_sameAgain_changesNothing() {
    answer(store().write(feed, head(9)));
    answer(store().write(feed, head(9)));
    assertThat(read()).isEqualTo(head(9));
  }

  @Test
  void write_failedButDone_isMendedByTheSameWriteAgain() {
    for (boolean done : new boolean[] {true, false}) {
      FeedId each = FeedId.channel(freshId());
      failNextChange(done);
      CompletionStage<Void> failed = store().write(each, head(4));
      assertThatThrownBy(() -> answer(failed)).isNotNull();
      assertThat(answer(store().read(each))).isEqualTo(done ? head(4) : FeedHead.NONE);
      answer(store().write(each, head(4)));
      assertThat(answer(store().read(each))).isEqualTo(head(4));
    }
  }

  @Test
  void feeds_ofOtherIdOrKind_areApart() {
    answer(store().write(feed, head(9)));
    FeedId namesake = new FeedId(FeedKind.USER, feed.id());
    assertThat(answer(store().read(FeedId.channel(freshId())))).isEqualTo(FeedHead.NONE);
    assertThat(answer(store().read(namesake))).isEqualTo(FeedHead.NONE);
  }

  private FeedHead read() {
    return answer(store().read(feed));
  }

  /** Ids fall as seqs rise, so that a head torn in two would show. */
  private static FeedHead head(long seq) {
    return new FeedHead(seq, 1_000_000 - seq);
  }
}
