package chat.starling.channel.store;

import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletionStage;

/** The heads in the table feed_heads, whose time stamps are the seqs. */
public final class CqlFeedHeads implements FeedHeads {

  private final CqlTables tables;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  /** Heads in these tables. */
  public CqlFeedHeads(CqlTables tables) {
    this.tables = tables;
    insert =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.feed_heads (feed_kind, feed_id, seq, message_id)"
                + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
    select =
        tables.prepareForLog(
            "SELECT seq, message_id FROM ${keyspace}.feed_heads"
                + " WHERE feed_kind = ? AND feed_id = ?");
  }

  @Override
  public CompletionStage<FeedHead> read(FeedId feed) {
    return tables
        .read(
            select.bind((byte) feed.kind().code(), feed.id()),
            row -> new FeedHead(row.getLong(0), row.getLong(1)))
        .thenApply(rows -> rows.isEmpty() ? FeedHead.NONE : rows.getFirst());
  }

  @Override
  public CompletionStage<Void> write(FeedId feed, FeedHead head) {
    return tables.write(
        insert.bind(
            (byte) feed.kind().code(), feed.id(), head.seq(), head.messageId(), head.seq()));
  }
}
