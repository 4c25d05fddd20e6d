package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.LogRow;
import chat.starling.channel.feed.PendingAppend;
import chat.starling.channel.feed.PendingAppends;
import chat.starling.platform.ids.FeedId;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowWriterTest {

  private static final FeedId FEED = FeedId.channel(7);

  private record Write(List<Long> seqs, CompletableFuture<Void> answer) {}

  private final List<Write> writes = new ArrayList<>();
  private final List<String> outcomes = new ArrayList<>();
  private final RowWriter writer =
      new RowWriter(
          FEED,
          new HeldLog(),
          new AppendTrace(OpenTelemetry.noop().getTracer("test")),
          new DirectLoop(),
          this::outcome);

  @Test
  void rows_whileFewWritesAreUnderWay_goAtOnceEachAlone() {
    append(1, 2);
    assertThat(seqs()).containsExactly(List.of(1L), List.of(2L));
  }

  @Test
  void rows_thatComeMeanwhile_goTogetherWithTheNextAnswer() {
    append(1, 5);
    assertThat(seqs()).containsExactly(List.of(1L), List.of(2L));
    writes.getFirst().answer().complete(null);
    assertThat(seqs()).containsExactly(List.of(1L), List.of(2L), List.of(3L, 4L, 5L));
    assertThat(outcomes).containsExactly("1");
    writes.getLast().answer().complete(null);
    assertThat(outcomes).containsExactly("1", "3", "4", "5");
  }

  @Test
  void rows_ofTwoPartitions_areTwoWrites() {
    long border = FeedLog.BUCKET_SIZE;
    append(border - 4, border + 1);
    writes.get(0).answer().complete(null);
    writes.get(1).answer().complete(null);
    assertThat(seqs().subList(2, 4))
        .containsExactly(List.of(border - 2, border - 1), List.of(border, border + 1));
  }

  @Test
  void rows_moreThanOneWriteHolds_areSeveral() {
    append(1, 202);
    writes.get(0).answer().complete(null);
    writes.get(1).answer().complete(null);
    assertThat(seqs().get(2)).hasSize(128);
    assertThat(seqs().get(3)).hasSize(72);
  }

  @Test
  void rows_ofManyBytes_areSeveralWrites() {
    String large = "x".repeat(60_000);
    for (long seq = 1; seq <= 7; seq++) {
      writer.write(PendingAppends.of(FEED, seq, large));
    }
    writes.get(0).answer().complete(null);
    assertThat(seqs().get(2)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void write_thatFails_isToldOfEachOfItsRows() {
    append(1, 4);
    writes.get(0).answer().complete(null);
    writes.get(2).answer().completeExceptionally(new IllegalStateException("away"));
    assertThat(outcomes).containsExactly("1", "3 away", "4 away");
  }

  @Test
  void store_thatThrows_isToldAsAFault() {
    FeedLog broken =
        new HeldLog() {
          @Override
          public CompletionStage<Void> write(FeedId feed, List<LogRow> rows) {
            throw new IllegalStateException("closed");
          }
        };
    var trace = new AppendTrace(OpenTelemetry.noop().getTracer("test"));
    new RowWriter(FEED, broken, trace, new DirectLoop(), this::outcome)
        .write(PendingAppends.of(FEED, 1, "text"));
    assertThat(outcomes).containsExactly("1 closed");
  }

  @Test
  void rows_thatWaitAtTheEnd_areNotSent() {
    append(1, 5);
    writer.end();
    writes.forEach(write -> write.answer().complete(null));
    append(6, 6);
    assertThat(seqs()).containsExactly(List.of(1L), List.of(2L));
    assertThat(outcomes).containsExactly("1", "2");
  }

  private void append(long first, long last) {
    LongStream.rangeClosed(first, last)
        .forEach(seq -> writer.write(PendingAppends.of(FEED, seq, "text")));
  }

  private List<List<Long>> seqs() {
    return writes.stream().map(Write::seqs).toList();
  }

  private void outcome(PendingAppend append, @Nullable Throwable fault) {
    long seq = append.entry().seq();
    outcomes.add(fault == null ? "" + seq : seq + " " + fault.getMessage());
  }

  private class HeldLog implements FeedLog {
    @Override
    public CompletionStage<Void> write(FeedId feed, List<LogRow> rows) {
      Write write = new Write(rows.stream().map(LogRow::seq).toList(), new CompletableFuture<>());
      writes.add(write);
      return write.answer();
    }

    @Override
    public CompletionStage<List<LogRow>> read(FeedId feed, long seq, long epoch, int limit) {
      throw new UnsupportedOperationException();
    }
  }

  private record DirectLoop() implements Loop {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
      throw new UnsupportedOperationException();
    }
  }
}
