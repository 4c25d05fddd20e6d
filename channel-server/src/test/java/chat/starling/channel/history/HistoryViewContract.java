package chat.starling.channel.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.v1.Message;
import chat.starling.channel.StoreContract;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the follower and the readers of history rely on in a {@link HistoryView}. */
public abstract class HistoryViewContract extends StoreContract<HistoryView> {

  private static final int ALL = 1000;
  private static final long DAY = 500;
  private static final long MIDNIGHT =
      Snowflake.first(Snowflake.EPOCH_MILLIS + Duration.ofDays(DAY + 1).toMillis());

  private final long channel = freshId();

  @Test
  void reads_nothingWritten_areEmpty() {
    assertThat(below(DAY, Long.MAX_VALUE, ALL)).isEmpty();
    assertThat(between(DAY, 0, Long.MAX_VALUE, ALL)).isEmpty();
    assertThat(backward(Long.MAX_VALUE, ALL)).isEmpty();
    assertThat(forward(0, ALL)).isEmpty();
  }

  @Test
  void open_comesFirst_andAloneListsTheBucket() {
    write(DAY, message(1));
    assertThat(forward(0, ALL)).isEmpty();
    open(DAY);
    assertThat(forward(0, ALL)).containsExactly(DAY);
  }

  @Test
  void open_twice_listsTheBucketOnce() {
    open(DAY, DAY);
    assertThat(backward(DAY, ALL)).containsExactly(DAY);
  }

  @Test
  void buckets_withGaps_areListedBothWaysFromTheOneAskedFor() {
    open(300, 0, 7, 299);
    assertThat(backward(Long.MAX_VALUE, ALL)).containsExactly(300L, 299L, 7L, 0L);
    assertThat(backward(299, 2)).containsExactly(299L, 7L);
    assertThat(backward(298, ALL)).containsExactly(7L, 0L);
    assertThat(forward(0, ALL)).containsExactly(0L, 7L, 299L, 300L);
    assertThat(forward(7, 2)).containsExactly(7L, 299L);
    assertThat(forward(301, ALL)).isEmpty();
  }

  @Test
  void write_again_changesNothing() {
    write(DAY, message(1), message(2));
    write(DAY, message(2), message(3));
    write(DAY, message(1));
    assertThat(between(DAY, 0, Long.MAX_VALUE, ALL))
        .containsExactly(message(1), message(2), message(3));
  }

  @Test
  void write_failed_isMendedByTheSameWriteAgain() {
    failNextChange(true);
    CompletionStage<Void> failed = store().write(channel, DAY, List.of(message(1), message(2)));
    assertThatThrownBy(() -> answer(failed)).isNotNull();
    assertThat(between(DAY, 0, Long.MAX_VALUE, ALL)).hasSize(2);
    write(DAY, message(1), message(2));
    assertThat(between(DAY, 0, Long.MAX_VALUE, ALL)).containsExactly(message(1), message(2));
  }

  @Test
  void delete_hidesTheText_whicheverWriteComesLast() {
    StoredMessage deleted = posted(2, "bad");
    write(DAY, posted(1, "good"), deleted, posted(3, "too"));
    assertThat(answer(store().deleted(channel, DAY, 0, Long.MAX_VALUE))).isEmpty();
    for (int time = 0; time < 2; time++) {
      answer(store().delete(channel, DAY, deleted.without(9), 9));
      assertThat(between(DAY, 0, Long.MAX_VALUE, ALL))
          .containsExactly(posted(1, "good"), deleted.without(9), posted(3, "too"));
      write(DAY, deleted);
      assertThat(below(DAY, 3, ALL)).containsExactly(deleted.without(9), posted(1, "good"));
    }
    assertThat(answer(store().deleted(channel, DAY, 2, 2))).containsExactly(new Deleted(2, 9));
    assertThat(answer(store().deleted(channel, DAY, 3, 9))).isEmpty();
  }

  @Test
  void messages_aroundMidnight_lieInTheirOwnDays() {
    StoredMessage last = message(MIDNIGHT - 1);
    StoredMessage first = message(MIDNIGHT);
    assertThat(TimeBucket.of(last.messageId())).isEqualTo(DAY);
    assertThat(TimeBucket.of(first.messageId())).isEqualTo(DAY + 1);
    write(DAY, last);
    write(DAY + 1, first);
    assertThat(below(DAY, Long.MAX_VALUE, ALL)).containsExactly(last);
    assertThat(below(DAY, last.messageId(), ALL)).isEmpty();
    assertThat(below(DAY + 1, first.messageId(), ALL)).isEmpty();
    assertThat(between(DAY + 1, last.messageId(), Long.MAX_VALUE, ALL)).containsExactly(first);
  }

  @Test
  void below_byPages_meetsEveryMessageOnceNewestFirst() {
    write(DAY, LongStream.rangeClosed(1, 40).mapToObj(id -> message(id)).toList());
    List<Long> seen = new ArrayList<>();
    long from = Long.MAX_VALUE;
    List<StoredMessage> page = below(DAY, from, 7);
    while (!page.isEmpty()) {
      page.forEach(message -> seen.add(message.messageId()));
      page = below(DAY, page.getLast().messageId(), 7);
    }
    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList().reversed());
  }

  @Test
  void between_includesItsFirstAndNotItsEnd_oldestFirst() {
    write(DAY, LongStream.rangeClosed(1, 9).mapToObj(id -> message(id)).toList());
    assertThat(between(DAY, 3, 6, ALL)).containsExactly(message(3), message(4), message(5));
    assertThat(between(DAY, 3, 6, 2)).containsExactly(message(3), message(4));
    assertThat(between(DAY, 9, Long.MAX_VALUE, ALL)).containsExactly(message(9));
    assertThat(between(DAY, 4, 4, ALL)).isEmpty();
  }

  @Test
  void channels_areApart() {
    open(DAY);
    write(DAY, message(1));
    long other = freshId();
    assertThat(answer(store().bucketsForward(other, 0, ALL))).isEmpty();
    assertThat(answer(store().below(other, DAY, Long.MAX_VALUE, ALL))).isEmpty();
  }

  private void open(long... buckets) {
    for (long bucket : buckets) {
      answer(store().open(channel, bucket));
    }
  }

  private void write(long bucket, StoredMessage... messages) {
    write(bucket, List.of(messages));
  }

  private void write(long bucket, List<StoredMessage> messages) {
    answer(store().write(channel, bucket, messages));
  }

  private List<StoredMessage> below(long bucket, long id, int limit) {
    return answer(store().below(channel, bucket, id, limit));
  }

  private List<StoredMessage> between(long bucket, long from, long end, int limit) {
    return answer(store().between(channel, bucket, from, end, limit));
  }

  private List<Long> backward(long from, int limit) {
    return answer(store().bucketsBackward(channel, from, limit));
  }

  private List<Long> forward(long from, int limit) {
    return answer(store().bucketsForward(channel, from, limit));
  }

  private static StoredMessage posted(long id, String text) {
    return new StoredMessage(
        id, id, Message.newBuilder().setMessageId(id).setText(text).build().toByteString());
  }

  private static StoredMessage message(long id) {
    return new StoredMessage(id, id % 1000, ByteString.copyFromUtf8("message " + id));
  }
}
