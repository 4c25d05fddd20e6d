package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.LogRow;
import chat.starling.channel.feed.PendingAppend;
import chat.starling.platform.ids.FeedId;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends one feed's rows to the log, a few writes at a time: rows that come while these are under
 * way go in one write when the next of them is answered (group commit). A quiet feed's row thereby
 * goes at once, and a hot feed's rows cost one write for many.
 */
final class RowWriter {

  private static final int MAX_WRITES = 2;
  private static final int MAX_ROWS = 128;
  private static final int MAX_BYTES = 128 * 1024;

  private final FeedId id;
  private final FeedLog log;
  private final AppendTrace trace;
  private final Loop loop;
  private final Outcome outcome;
  private final ArrayDeque<PendingAppend> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean ended;

  /** Told of each row what has become of it, on the loop. */
  interface Outcome {
    /**
     * Takes it.
     *
     * @param fault why it is not known to be durable; null when it is
     */
    void written(PendingAppend append, @Nullable Throwable fault);
  }

  RowWriter(FeedId id, FeedLog log, AppendTrace trace, Loop loop, Outcome outcome) {
    this.id = id;
    this.log = log;
    this.trace = trace;
    this.loop = loop;
    this.outcome = outcome;
  }

  /** Writes the append's row, now or together with others. */
  void write(PendingAppend append) {
    waiting.addLast(append);
    send();
  }

  /** Sends nothing more. */
  void end() {
    ended = true;
    waiting.clear();
  }

  private void send() {
    while (!ended && underWay < MAX_WRITES && !waiting.isEmpty()) {
      underWay++;
      send(together());
    }
  }

  /** The rows at the head that lie in one partition, as many as one write may hold. */
  private List<PendingAppend> together() {
    List<PendingAppend> run = new ArrayList<>(Math.min(waiting.size(), MAX_ROWS));
    long bucket = bucketOf(waiting.getFirst());
    int bytes = 0;
    do {
      PendingAppend next = waiting.removeFirst();
      bytes += next.row().event().size();
      run.add(next);
    } while (run.size() < MAX_ROWS
        && bytes < MAX_BYTES
        && !waiting.isEmpty()
        && bucketOf(waiting.getFirst()) == bucket);
    return run;
  }

  private void send(List<PendingAppend> run) {
    List<Span> spans = run.stream().map(append -> trace.cqlWrite(append.traceparent())).toList();
    List<LogRow> rows = run.stream().map(PendingAppend::row).toList();
    StoreCalls.asked(() -> log.write(id, rows))
        .whenComplete((done, fault) -> {
          spans.forEach(Span::end);
          loop.execute(() -> answered(run, fault));
        });
  }

  private void answered(List<PendingAppend> run, @Nullable Throwable fault) {
    underWay--;
    send();
    run.forEach(append -> outcome.written(append, fault));
  }

  private static long bucketOf(PendingAppend append) {
    return FeedLog.bucketOf(append.row().seq());
  }
}
