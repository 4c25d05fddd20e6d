package chat.starling.channel.store;

import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.LogRow;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The log in the table feed_log; each row lives as long as the retention says. */
public final class CqlFeedLog implements FeedLog {

  private static final String INSERT =
      "INSERT INTO ${keyspace}.feed_log (feed_kind, feed_id, bucket, seq, epoch, event)"
          + " VALUES (?, ?, ?, ?, ?, ?) USING TTL ?";

  private final CqlTables tables;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final int ttlSeconds;

  /** A log that keeps its rows for {@code retention}. */
  public CqlFeedLog(CqlTables tables, Duration retention) {
    this.tables = tables;
    this.ttlSeconds = Math.toIntExact(retention.toSeconds());
    insert = tables.prepareForBatch(INSERT);
    select =
        tables.prepareForLog(
            "SELECT seq, epoch, event FROM ${keyspace}.feed_log WHERE feed_kind = ? AND feed_id = ?"
                + " AND bucket = ? AND (seq, epoch) >= (?, ?) LIMIT ?");
  }

  @Override
  public CompletionStage<Void> write(FeedId feed, List<LogRow> rows) {
    return tables.writeTogether(rows.stream().map(row -> bind(feed, row)).toList());
  }

  private BoundStatement bind(FeedId feed, LogRow row) {
    return insert.bind(
        (byte) feed.kind().code(),
        feed.id(),
        FeedLog.bucketOf(row.seq()),
        row.seq(),
        row.epoch(),
        row.event().asReadOnlyByteBuffer(),
        ttlSeconds);
  }

  @Override
  public CompletionStage<List<LogRow>> read(FeedId feed, long fromSeq, long fromEpoch, int limit) {
    return tables.read(
        select.bind(
            (byte) feed.kind().code(),
            feed.id(),
            FeedLog.bucketOf(fromSeq),
            fromSeq,
            fromEpoch,
            limit),
        CqlFeedLog::row);
  }

  private static LogRow row(Row row) {
    return new LogRow(row.getLong(0), row.getLong(1), bytes(row, 2));
  }

  /** A blob that every row has. */
  static ByteString bytes(Row row, int column) {
    ByteBuffer buffer = Objects.requireNonNull(row.getByteBuffer(column));
    return ByteString.copyFrom(buffer);
  }
}
