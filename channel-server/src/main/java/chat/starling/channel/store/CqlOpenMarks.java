package chat.starling.channel.store;

import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.feed.OpenMarks;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import chat.starling.platform.ring.Shard;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The open marks in the table open_feeds. */
public final class CqlOpenMarks implements OpenMarks {

  private final CqlTables tables;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement selectFeed;
  private final PreparedStatement selectShard;

  /** Marks in these tables. */
  public CqlOpenMarks(CqlTables tables) {
    this.tables = tables;
    insert =
        tables.prepare(
            "INSERT INTO ${keyspace}.open_feeds"
                + " (shard, feed_kind, feed_id, epoch, history_seq, outbox_seq)"
                + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    delete =
        tables.prepare(
            "DELETE FROM ${keyspace}.open_feeds USING TIMESTAMP ?"
                + " WHERE shard = ? AND feed_kind = ? AND feed_id = ? AND epoch = ?");
    selectFeed =
        tables.prepare(
            "SELECT epoch, history_seq, outbox_seq FROM ${keyspace}.open_feeds"
                + " WHERE shard = ? AND feed_kind = ? AND feed_id = ?");
    selectShard =
        tables.prepare("SELECT feed_kind, feed_id FROM ${keyspace}.open_feeds WHERE shard = ?");
  }

  @Override
  public CompletionStage<List<OpenMark>> ofFeed(FeedId feed) {
    return tables.read(
        selectFeed.bind(Shard.of(feed).index(), (byte) feed.kind().code(), feed.id()),
        row -> new OpenMark(row.getLong(0), row.getLong(1), row.getLong(2)));
  }

  @Override
  public CompletionStage<List<FeedId>> ofShard(Shard shard) {
    return tables
        .read(
            selectShard.bind(shard.index()),
            row -> new FeedId(FeedKind.of(row.getByte(0)), row.getLong(1)))
        .thenApply(feeds -> feeds.stream().distinct().toList());
  }

  @Override
  public CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp) {
    return tables.write(
        insert.bind(
            Shard.of(feed).index(),
            (byte) feed.kind().code(),
            feed.id(),
            mark.epoch(),
            mark.historySeq(),
            mark.outboxSeq(),
            stamp));
  }

  @Override
  public CompletionStage<Void> delete(FeedId feed, long epoch, long stamp) {
    return tables.write(
        delete.bind(stamp, Shard.of(feed).index(), (byte) feed.kind().code(), feed.id(), epoch));
  }
}
