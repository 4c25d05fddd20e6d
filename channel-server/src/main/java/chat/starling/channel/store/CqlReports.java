package chat.starling.channel.store;

import chat.starling.api.internal.v1.ReportRow;
import chat.starling.api.internal.v1.ReportState;
import chat.starling.api.v1.Message;
import chat.starling.channel.history.TimeBucket;
import chat.starling.channel.report.ReportStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reports in their tables. Of two who report a message first, a compare-and-set says who it is. */
public final class CqlReports implements ReportStore {

  private static final int TTL = Math.toIntExact(KEPT.toSeconds());
  private static final String COLUMNS = "report_id, message, reporters, state, settled_by";

  private final CqlTables tables;
  private final PreparedStatement claim;
  private final PreparedStatement add;
  private final PreparedStatement insertBucket;
  private final PreparedStatement select;
  private final PreparedStatement selectBuckets;
  private final PreparedStatement selectPage;

  /** Reports in these tables. */
  public CqlReports(CqlTables tables) {
    this.tables = tables;
    claim =
        tables.prepareCompareAndSet(
            "INSERT INTO ${cas_keyspace}.reported_messages (channel_id, message_id, report_id)"
                + " VALUES (?, ?, ?) IF NOT EXISTS USING TTL "
                + TTL);
    add =
        tables.prepare(
            "UPDATE ${keyspace}.reports USING TTL "
                + TTL
                + " SET message = ?, reporters[?] = ?"
                + " WHERE workspace_id = ? AND bucket = ? AND report_id = ?");
    insertBucket =
        tables.prepare(
            "INSERT INTO ${keyspace}.report_buckets (workspace_id, bucket) VALUES (?, ?)"
                + " USING TTL "
                + TTL);
    select =
        tables.prepare(
            "SELECT "
                + COLUMNS
                + " FROM ${keyspace}.reports"
                + " WHERE workspace_id = ? AND bucket = ? AND report_id = ?");
    selectBuckets =
        tables.prepare(
            "SELECT bucket FROM ${keyspace}.report_buckets"
                + " WHERE workspace_id = ? AND bucket <= ? LIMIT ?");
    selectPage =
        tables.prepare(
            "SELECT "
                + COLUMNS
                + " FROM ${keyspace}.reports"
                + " WHERE workspace_id = ? AND bucket = ? AND report_id < ? LIMIT ?");
  }

  @Override
  public CompletionStage<Long> claim(long channelId, long messageId, long reportId) {
    return tables
        .compareAndSet(claim.bind(channelId, messageId, reportId))
        .thenApply(result ->
            result.wasApplied()
                ? reportId
                : Objects.requireNonNull(result.one()).getLong("report_id"));
  }

  /** The bucket first: a report that nobody finds would be lost. */
  @Override
  public CompletionStage<Void> add(
      long workspaceId, long reportId, ByteString message, ReportRow.Reporter reporter) {
    long bucket = TimeBucket.of(reportId);
    return tables
        .write(insertBucket.bind(workspaceId, bucket))
        .thenCompose(done ->
            tables.write(
                add.bind(
                    message.asReadOnlyByteBuffer(),
                    reporter.getUserId(),
                    reporter.getReason(),
                    workspaceId,
                    bucket,
                    reportId)));
  }

  @Override
  public CompletionStage<Optional<ReportRow>> report(long workspaceId, long reportId) {
    return tables
        .read(select.bind(workspaceId, TimeBucket.of(reportId), reportId), CqlReports::row)
        .thenApply(rows -> rows.stream().flatMap(Optional::stream).findFirst());
  }

  @Override
  public CompletionStage<List<Long>> buckets(long workspaceId, long from, int limit) {
    return tables.read(selectBuckets.bind(workspaceId, from, limit), row -> row.getLong(0));
  }

  @Override
  public CompletionStage<List<ReportRow>> reports(
      long workspaceId, long bucket, long before, int limit) {
    return tables
        .read(selectPage.bind(workspaceId, bucket, before, limit), CqlReports::row)
        .thenApply(rows -> rows.stream().flatMap(Optional::stream).toList());
  }

  /** Empty for what is left of a report whose time was over when it was settled. */
  private static Optional<ReportRow> row(Row row) {
    if (row.isNull(1)) {
      return Optional.empty();
    }
    boolean open = row.isNull(3);
    ByteString message = CqlFeedLog.bytes(row, 1);
    ReportRow.Builder report =
        ReportRow.newBuilder()
            .setReportId(row.getLong(0))
            .setMessage(open ? message : withoutText(message))
            .setStateValue(open ? ReportState.REPORT_STATE_OPEN_VALUE : row.getByte(3))
            .setSettledBy(open ? 0 : row.getLong(4));
    Map<Long, String> reporters =
        Objects.requireNonNullElse(row.getMap(2, Long.class, String.class), Map.of());
    reporters.forEach(
        (user, reason) -> report.addReportersBuilder().setUserId(user).setReason(reason));
    return Optional.of(report.build());
  }

  private static ByteString withoutText(ByteString message) {
    try {
      return Message.parseFrom(message).toBuilder()
          .clearText()
          .clearMentions()
          .clearNonce()
          .build()
          .toByteString();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a report of what is no message", e);
    }
  }
}
