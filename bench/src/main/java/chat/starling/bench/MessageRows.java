package chat.starling.bench;

import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Reads the history view with the driver alone, by the statement that the server uses. */
final class MessageRows {

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final CqlTables tables;
  private final PreparedStatement select;

  MessageRows(CqlTables tables) {
    this.tables = tables;
    select =
        tables.prepareViewRead(
            "SELECT message_id, seq, message FROM ${keyspace}.messages"
                + " WHERE channel_id = ? AND bucket = ? AND message_id < ? LIMIT ?");
  }

  /** Up to so many messages below the id, all of the id's own day, newest first. */
  CompletionStage<List<ByteString>> below(long channelId, long id, int limit) {
    long day = (Snowflake.epochMillis(id) - Snowflake.EPOCH_MILLIS) / DAY_MILLIS;
    return tables.read(
        select.bind(channelId, day, id, limit),
        row -> ByteString.copyFrom(Objects.requireNonNull(row.getByteBuffer(2))));
  }
}
