package chat.starling.channel.store;

import chat.starling.channel.feed.EpochStarts;
import chat.starling.channel.feed.EpochStarts.Start;
import chat.starling.channel.feed.FeedEpochs;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The epochs' starts in the table feed_epochs, changed by compare-and-set on their version. */
public final class CqlFeedEpochs implements FeedEpochs {

  private static final TupleType START =
      DataTypes.tupleOf(DataTypes.BIGINT, DataTypes.BIGINT, DataTypes.BIGINT);

  private final CqlTables tables;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement select;

  /** Starts in these tables. */
  public CqlFeedEpochs(CqlTables tables) {
    this.tables = tables;
    insert =
        tables.prepareCompareAndSet(
            "INSERT INTO ${cas_keyspace}.feed_epochs (version, starts, feed_kind, feed_id)"
                + " VALUES (?, ?, ?, ?) IF NOT EXISTS");
    update =
        tables.prepareCompareAndSet(
            "UPDATE ${cas_keyspace}.feed_epochs SET version = ?, starts = ?"
                + " WHERE feed_kind = ? AND feed_id = ? IF version = ?");
    select =
        tables.prepareSerialRead(
            "SELECT version, starts FROM ${cas_keyspace}.feed_epochs"
                + " WHERE feed_kind = ? AND feed_id = ?");
  }

  @Override
  public CompletionStage<EpochStarts> read(FeedId feed) {
    return tables
        .read(select.bind((byte) feed.kind().code(), feed.id()), CqlFeedEpochs::starts)
        .thenApply(rows -> rows.isEmpty() ? EpochStarts.NONE : rows.getFirst());
  }

  @Override
  public CompletionStage<EpochStarts> replace(FeedId feed, EpochStarts seen, EpochStarts next) {
    return tables
        .compareAndSet(statement(feed, seen, next))
        .thenCompose(
            result -> result.wasApplied() ? CompletableFuture.completedStage(next) : read(feed));
  }

  private BoundStatement statement(FeedId feed, EpochStarts seen, EpochStarts next) {
    List<TupleValue> starts =
        next.starts().stream()
            .map(start -> START.newValue(start.epoch(), start.seq(), start.fixedMillis()))
            .toList();
    byte kind = (byte) feed.kind().code();
    return seen.version() == 0
        ? insert.bind(next.version(), starts, kind, feed.id())
        : update.bind(next.version(), starts, kind, feed.id(), seen.version());
  }

  private static EpochStarts starts(Row row) {
    List<TupleValue> tuples = Objects.requireNonNull(row.getList("starts", TupleValue.class));
    return new EpochStarts(
        row.getLong("version"),
        tuples.stream()
            .map(tuple -> new Start(tuple.getLong(0), tuple.getLong(1), tuple.getLong(2)))
            .toList());
  }
}
