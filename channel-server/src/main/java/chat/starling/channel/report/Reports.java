package chat.starling.channel.report;

import chat.starling.api.internal.v1.ReportRow;
import chat.starling.api.internal.v1.ReportState;
import chat.starling.api.v1.Reason;
import chat.starling.channel.history.TimeBucket;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * One report for each message that somebody reported, whoever comes first. It names those who
 * reported it, up to a bound, beyond which one more says nothing new.
 */
public final class Reports {

  /** Those who are named. */
  public static final int MOST_REPORTERS = 20;

  /** More days than a report lives. */
  private static final int MOST_BUCKETS = Math.toIntExact(ReportStore.KEPT.toDays()) + 10;

  private final ReportStore store;
  private final LongSupplier nextId;

  /**
   * Reports in this store.
   *
   * @param nextId makes ids of reports: Snowflakes that no other server makes
   */
  public Reports(ReportStore store, LongSupplier nextId) {
    this.store = store;
    this.nextId = nextId;
  }

  /**
   * Keeps that somebody reported a message; the same again changes nothing.
   *
   * @param message serialised, as it is now
   * @return the report's id
   */
  public CompletionStage<Long> keep(
      long workspaceId,
      long channelId,
      long messageId,
      ByteString message,
      ReportRow.Reporter reporter) {
    return store
        .claim(channelId, messageId, nextId.getAsLong())
        .thenCompose(id ->
            store
                .report(workspaceId, id)
                .thenCompose(found -> add(workspaceId, id, message, reporter, found))
                .thenApply(done -> id));
  }

  private CompletionStage<Void> add(
      long workspaceId,
      long id,
      ByteString message,
      ReportRow.Reporter reporter,
      Optional<ReportRow> found) {
    List<ReportRow.Reporter> others = found.map(ReportRow::getReportersList).orElse(List.of());
    boolean known = others.stream().anyMatch(one -> one.getUserId() == reporter.getUserId());
    return known || others.size() >= MOST_REPORTERS
        ? CompletableFuture.completedStage(null)
        : store.add(workspaceId, id, message, reporter);
  }

  /** The report; refuses with REPORT_NOT_FOUND. */
  public CompletionStage<ReportRow> report(long workspaceId, long reportId) {
    return store
        .report(workspaceId, reportId)
        .thenApply(found ->
            found.orElseThrow(() ->
                Refuse.because(Reason.REASON_REPORT_NOT_FOUND)
                    .field("report_id")
                    .value(reportId)
                    .expected("a report of the workspace")
                    .toException()));
  }

  /**
   * A page of reports, newest first; short where others are in another state.
   *
   * @param before reports with smaller ids; 0 for the newest
   * @param size how many are looked at, 1 or more
   * @param state which are shown; all when unspecified
   */
  public CompletionStage<ReportPage> page(
      long workspaceId, long before, int size, ReportState state) {
    long end = before == 0 ? Long.MAX_VALUE : before;
    return store
        .buckets(workspaceId, TimeBucket.of(end), MOST_BUCKETS)
        .thenCompose(buckets -> look(workspaceId, end, buckets, 0, size + 1, new ArrayList<>()))
        .thenApply(found -> page(found, size, state));
  }

  private CompletionStage<List<ReportRow>> look(
      long workspaceId, long end, List<Long> buckets, int index, int most, List<ReportRow> found) {
    if (index == buckets.size() || found.size() >= most) {
      return CompletableFuture.completedStage(found);
    }
    return store
        .reports(workspaceId, buckets.get(index), end, most - found.size())
        .thenCompose(more -> {
          found.addAll(more);
          return look(workspaceId, end, buckets, index + 1, most, found);
        });
  }

  private static ReportPage page(List<ReportRow> found, int size, ReportState state) {
    boolean more = found.size() > size;
    List<ReportRow> looked = more ? found.subList(0, size) : found;
    return new ReportPage(
        looked.stream()
            .filter(row -> state == ReportState.REPORT_STATE_UNSPECIFIED || row.getState() == state)
            .toList(),
        more ? looked.getLast().getReportId() : 0);
  }
}
