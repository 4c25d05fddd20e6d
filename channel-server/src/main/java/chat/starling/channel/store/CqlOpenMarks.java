package chat.starling.channel.store;

import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.feed.OpenMarks;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The marks in the table open_feeds, a partition a shard, whose time stamps are the stamps. */
public final class CqlOpenMarks implements OpenMarks {

  /**
   * Taken from every stamp. ScyllaDB refuses time stamps that lie days ahead of its clock, and so
   * all of these lie before 1970, in the same order.
   */
  private static final long BEFORE_ALL_CLOCKS = 1L << 62;

  private final CqlTables tables;
  private final PreparedStatement selectFeed;
  private final PreparedStatement selectShard;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  /** Marks in these tables. */
  public CqlOpenMarks(CqlTables tables) {
    this.tables = tables;
    selectFeed =
        tables.prepareForLog(
            "SELECT epoch, history_seq, outbox_seq FROM ${keyspace}.open_feeds"
                + " WHERE shard = ? AND feed_kind = ? AND feed_id = ?");
    selectShard =
        tables.prepareForLog(
            "SELECT feed_kind, feed_id FROM ${keyspace}.open_feeds WHERE shard = ?");
    insert =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.open_feeds"
                + " (shard, feed_kind, feed_id, epoch, history_seq, outbox_seq)"
                + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    delete =
        tables.prepareForLog(
            "DELETE FROM ${keyspace}.open_feeds USING TIMESTAMP ?"
                + " WHERE shard = ? AND feed_kind = ? AND feed_id = ? AND epoch = ?");
  }

  @Override
  public CompletionStage<List<OpenMark>> ofFeed(FeedId feed) {
    return tables.read(
        selectFeed.bind(shard(feed), kind(feed), feed.id()),
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
            shard(feed),
            kind(feed),
            feed.id(),
            mark.epoch(),
            mark.historySeq(),
            mark.outboxSeq(),
            stamp - BEFORE_ALL_CLOCKS));
  }

  @Override
  public CompletionStage<Void> delete(FeedId feed, long epoch, long stamp) {
    return tables.write(
        delete.bind(stamp - BEFORE_ALL_CLOCKS, shard(feed), kind(feed), feed.id(), epoch));
  }

  private static int shard(FeedId feed) {
    return Shard.of(feed).index();
  }

  private static byte kind(FeedId feed) {
    return (byte) feed.kind().code();
  }
}
