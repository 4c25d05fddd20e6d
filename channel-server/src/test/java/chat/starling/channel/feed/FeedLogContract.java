package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.channel.StoreContract;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What feeds rely on in a {@link FeedLog}. */
public abstract class FeedLogContract extends StoreContract<FeedLog> {

  private static final int ALL = FeedLog.BUCKET_SIZE;

  private final FeedId feed = FeedId.channel(freshId());

  @Test
  void read_nothingWritten_isEmpty() {
    assertThat(read(1, 0, ALL)).isEmpty();
  }

  @Test
  void rows_ofSeveralEpochsForOneSeq_lieSideBySideInOrder() {
    write(row(5, 3), row(6, 1), row(5, 1), row(4, 9), row(5, 2));
    assertThat(read(1, 0, ALL))
        .containsExactly(row(4, 9), row(5, 1), row(5, 2), row(5, 3), row(6, 1));
  }

  @Test
  void read_fromSeqAndEpoch_beginsWithThatRowOrTheNext() {
    write(row(5, 1), row(5, 2), row(5, 4), row(6, 1));
    assertThat(read(5, 2, ALL)).containsExactly(row(5, 2), row(5, 4), row(6, 1));
    assertThat(read(5, 3, ALL)).containsExactly(row(5, 4), row(6, 1));
    assertThat(read(5, 5, ALL)).containsExactly(row(6, 1));
    assertThat(read(7, 0, ALL)).isEmpty();
  }

  @Test
  void read_atBucketBorders_staysInItsBucket() {
    write(row(1023, 1), row(1024, 1), row(1024, 2), row(1025, 1), row(2047, 1), row(2048, 1));
    assertThat(read(1, 0, ALL)).containsExactly(row(1023, 1));
    assertThat(read(1023, 1, ALL)).containsExactly(row(1023, 1));
    assertThat(read(1024, 0, ALL))
        .containsExactly(row(1024, 1), row(1024, 2), row(1025, 1), row(2047, 1));
    assertThat(read(1025, 1, ALL)).containsExactly(row(1025, 1), row(2047, 1));
    assertThat(read(2048, 1, ALL)).containsExactly(row(2048, 1));
  }

  @Test
  void read_fullBucketByPages_meetsEveryRowOnce() {
    List<LogRow> rows = LongStream.range(1024, 2048).mapToObj(seq -> row(seq, 3)).toList();
    answers(rows.reversed().stream().map(row -> store().write(feed, List.of(row))).toList());
    List<LogRow> seen = new ArrayList<>();
    List<LogRow> page = read(1024, 0, 300);
    while (page.size() == 300) {
      seen.addAll(page);
      page = read(page.getLast().seq(), page.getLast().epoch() + 1, 300);
    }
    seen.addAll(page);
    assertThat(seen).isEqualTo(rows);
  }

  @Test
  void write_severalRowsOfABucket_allComeBack() {
    List<LogRow> rows = LongStream.range(1024, 1152).mapToObj(seq -> row(seq, 2)).toList();
    answer(store().write(feed, rows));
    answer(store().write(feed, rows.subList(100, 128)));
    assertThat(read(1024, 0, ALL)).isEqualTo(rows);
  }

  @Test
  void write_sameRowAgain_changesNothing() {
    write(row(1, 1), row(2, 1), row(1, 1));
    assertThat(read(1, 0, ALL)).containsExactly(row(1, 1), row(2, 1));
  }

  @Test
  void write_failedButDone_isMendedByTheSameWriteAgain() {
    for (boolean done : new boolean[] {true, false}) {
      LogRow row = row(done ? 1 : 2, 7);
      failNextChange(done);
      CompletionStage<Void> failed = store().write(feed, List.of(row));
      assertThatThrownBy(() -> answer(failed)).isNotNull();
      assertThat(read(row.seq(), 0, 1)).hasSize(done ? 1 : 0);
      write(row);
      assertThat(read(row.seq(), 0, ALL)).containsExactly(row);
    }
  }

  @Test
  void write_anyBytes_comeBackAsTheyWere() {
    LogRow empty = new LogRow(1, 1, ByteString.EMPTY);
    LogRow long64k = new LogRow(2, 1, ByteString.copyFrom(new byte[65_536]));
    write(empty, long64k);
    assertThat(read(1, 0, ALL)).containsExactly(empty, long64k);
  }

  @Test
  void feeds_ofOtherIdOrKind_areApart() {
    write(row(1, 1));
    assertThat(answer(store().read(FeedId.channel(freshId()), 1, 0, ALL))).isEmpty();
    FeedId namesake = new FeedId(FeedKind.USER, feed.id());
    assertThat(answer(store().read(namesake, 1, 0, ALL))).isEmpty();
  }

  private void write(LogRow... rows) {
    for (LogRow row : rows) {
      answer(store().write(feed, List.of(row)));
    }
  }

  private List<LogRow> read(long fromSeq, long fromEpoch, int limit) {
    return answer(store().read(feed, fromSeq, fromEpoch, limit));
  }

  private static LogRow row(long seq, long epoch) {
    return new LogRow(seq, epoch, ByteString.copyFromUtf8("seq " + seq + " of " + epoch));
  }
}
