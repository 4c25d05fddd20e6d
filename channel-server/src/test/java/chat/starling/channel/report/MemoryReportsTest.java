package chat.starling.channel.report;

import chat.starling.api.internal.v1.ReportRow;
import chat.starling.api.internal.v1.ReportState;
import chat.starling.api.v1.Message;
import chat.starling.channel.history.TimeBucket;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The contract on a store in memory, of one workspace. */
class MemoryReportsTest extends ReportStoreContract implements ReportStore {

  private final Map<Long, Long> claims = new HashMap<>();
  private final TreeMap<Long, ReportRow> rows = new TreeMap<>();

  @Override
  protected ReportStore store() {
    return this;
  }

  @Override
  protected void settle(long workspaceId, long reportId, ReportState state, long by) {
    rows.computeIfPresent(
        reportId,
        (id, row) ->
            row.toBuilder()
                .setState(state)
                .setSettledBy(by)
                .setMessage(Message.getDefaultInstance().toByteString())
                .build());
  }

  @Override
  public CompletionStage<Long> claim(long channelId, long messageId, long reportId) {
    return CompletableFuture.completedStage(claims.computeIfAbsent(messageId, m -> reportId));
  }

  @Override
  public CompletionStage<Optional<ReportRow>> report(long workspaceId, long reportId) {
    return CompletableFuture.completedStage(Optional.ofNullable(rows.get(reportId)));
  }

  @Override
  public CompletionStage<Void> add(
      long workspaceId, long reportId, ByteString message, ReportRow.Reporter reporter) {
    ReportRow first =
        ReportRow.newBuilder()
            .setReportId(reportId)
            .setMessage(message)
            .setState(ReportState.REPORT_STATE_OPEN)
            .build();
    rows.put(
        reportId, rows.getOrDefault(reportId, first).toBuilder().addReporters(reporter).build());
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<Long>> buckets(long workspaceId, long from, int limit) {
    return CompletableFuture.completedStage(
        rows.descendingKeySet().stream()
            .map(TimeBucket::of)
            .filter(bucket -> bucket <= from)
            .distinct()
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<List<ReportRow>> reports(
      long workspaceId, long bucket, long before, int limit) {
    return CompletableFuture.completedStage(
        rows.headMap(before, false).descendingMap().values().stream()
            .filter(row -> TimeBucket.of(row.getReportId()) == bucket)
            .limit(limit)
            .toList());
  }
}
