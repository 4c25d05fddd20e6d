package chat.starling.channel.store;

import chat.starling.channel.history.Deleted;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.StoredMessage;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The history view in the tables messages and message_buckets. */
public final class CqlHistoryView implements HistoryView {

  private static final String MESSAGES =
      "SELECT message_id, seq, message, deleted_by FROM ${keyspace}.messages"
          + " WHERE channel_id = ? AND bucket = ?";
  private static final String BUCKETS =
      "SELECT bucket FROM ${keyspace}.message_buckets WHERE channel_id = ?";

  private final CqlTables tables;
  private final PreparedStatement insertMessage;
  private final PreparedStatement insertBucket;
  private final PreparedStatement deleteMessage;
  private final PreparedStatement selectDeleted;
  private final PreparedStatement selectBelow;
  private final PreparedStatement selectBetween;
  private final PreparedStatement bucketsBackward;
  private final PreparedStatement bucketsForward;

  /** A view in these tables. */
  public CqlHistoryView(CqlTables tables) {
    this.tables = tables;
    insertMessage =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.messages (channel_id, bucket, message_id, seq, message)"
                + " VALUES (?, ?, ?, ?, ?)");
    insertBucket =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.message_buckets (channel_id, bucket) VALUES (?, ?)");
    deleteMessage =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.messages (channel_id, bucket, message_id, seq, message,"
                + " deleted_by) VALUES (?, ?, ?, ?, ?, ?)");
    selectDeleted =
        tables.prepareForLog(
            "SELECT message_id, deleted_by FROM ${keyspace}.messages"
                + " WHERE channel_id = ? AND bucket = ? AND message_id >= ? AND message_id <= ?");
    selectBelow = tables.prepareViewRead(MESSAGES + " AND message_id < ? LIMIT ?");
    selectBetween =
        tables.prepareViewRead(
            MESSAGES + " AND message_id >= ? AND message_id < ? ORDER BY message_id ASC LIMIT ?");
    bucketsBackward = tables.prepareViewRead(BUCKETS + " AND bucket <= ? LIMIT ?");
    bucketsForward =
        tables.prepareViewRead(BUCKETS + " AND bucket >= ? ORDER BY bucket ASC LIMIT ?");
  }

  @Override
  public CompletionStage<Void> open(long channelId, long bucket) {
    return tables.write(insertBucket.bind(channelId, bucket));
  }

  @Override
  public CompletionStage<Void> write(long channelId, long bucket, List<StoredMessage> messages) {
    return tables.writeTogether(
        messages.stream().map(message -> row(channelId, bucket, message)).toList());
  }

  @Override
  public CompletionStage<Void> delete(
      long channelId, long bucket, StoredMessage tombstone, long deletedBy) {
    return tables.write(
        deleteMessage.bind(
            channelId,
            bucket,
            tombstone.messageId(),
            tombstone.seq(),
            tombstone.message().asReadOnlyByteBuffer(),
            deletedBy));
  }

  @Override
  public CompletionStage<List<Deleted>> deleted(long channelId, long bucket, long from, long last) {
    return tables
        .read(
            selectDeleted.bind(channelId, bucket, from, last),
            row -> new Deleted(row.getLong(0), row.getLong(1)))
        .thenApply(rows -> rows.stream().filter(row -> row.deletedBy() != 0).toList());
  }

  @Override
  public CompletionStage<List<Long>> bucketsBackward(long channelId, long fromBucket, int limit) {
    return tables.read(bucketsBackward.bind(channelId, fromBucket, limit), row -> row.getLong(0));
  }

  @Override
  public CompletionStage<List<Long>> bucketsForward(long channelId, long fromBucket, int limit) {
    return tables.read(bucketsForward.bind(channelId, fromBucket, limit), row -> row.getLong(0));
  }

  @Override
  public CompletionStage<List<StoredMessage>> below(
      long channelId, long bucket, long id, int limit) {
    return tables.read(selectBelow.bind(channelId, bucket, id, limit), CqlHistoryView::message);
  }

  @Override
  public CompletionStage<List<StoredMessage>> between(
      long channelId, long bucket, long from, long end, int limit) {
    return tables.read(
        selectBetween.bind(channelId, bucket, from, end, limit), CqlHistoryView::message);
  }

  private BoundStatement row(long channelId, long bucket, StoredMessage message) {
    return insertMessage.bind(
        channelId,
        bucket,
        message.messageId(),
        message.seq(),
        message.message().asReadOnlyByteBuffer());
  }

  private static StoredMessage message(Row row) {
    StoredMessage message =
        new StoredMessage(row.getLong(0), row.getLong(1), CqlFeedLog.bytes(row, 2));
    return row.isNull(3) ? message : message.without(row.getLong(3));
  }
}
