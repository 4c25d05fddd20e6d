package chat.starling.bench;

import chat.starling.api.v1.Event;
import chat.starling.bench.load.Channels;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** Writes rows of the feeds' log with the driver alone, by the statement that the server uses. */
final class LogRows {

  /** What feed_log.bucket is counted in. */
  private static final long BUCKET = 1024;

  private static final int TTL_SECONDS = 30 * 24 * 3600;
  private static final byte CHANNEL = 1;
  private static final int LAST_WORKER = 1023;

  private final CqlTables tables;
  private final Channels channels;
  private final InstantSource clock = InstantSource.system();
  private final SnowflakeMint mint = new SnowflakeMint(LAST_WORKER, clock);
  private final PreparedStatement insert;

  LogRows(CqlTables tables, Channels channels) {
    this.tables = tables;
    this.channels = channels;
    insert =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.feed_log (feed_kind, feed_id, bucket, seq, epoch, event)"
                + " VALUES (?, ?, ?, ?, ?, ?) USING TTL ?");
  }

  /** A new message id. */
  long nextId() {
    return mint.next();
  }

  /** The last of these seqs that may be written together with the first: they share a partition. */
  static long lastTogether(long first, long last) {
    return Math.min(last, (first / BUCKET + 1) * BUCKET - 1);
  }

  /** Completes once the row is durable. */
  CompletionStage<Void> write(long channelId, long seq, long epoch, long messageId) {
    return tables.writeTogether(List.of(row(channelId, seq, epoch, messageId)));
  }

  /**
   * Completes once all rows from the first seq to the last are durable.
   *
   * @param lastSeq see {@link #lastTogether}
   */
  CompletionStage<Void> writeTogether(long channelId, long firstSeq, long lastSeq, long epoch) {
    return tables.writeTogether(
        LongStream.rangeClosed(firstSeq, lastSeq)
            .mapToObj(seq -> row(channelId, seq, epoch, nextId()))
            .toList());
  }

  private BoundStatement row(long channelId, long seq, long epoch, long messageId) {
    Event event = channels.event(channelId, seq, messageId, clock.millis());
    return insert.bind(
        CHANNEL,
        channelId,
        seq / BUCKET,
        seq,
        epoch,
        event.toByteString().asReadOnlyByteBuffer(),
        TTL_SECONDS);
  }
}
