package chat.starling.channel.store;

import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hands out epochs from the table server_epochs: each to one server, each larger than the last. */
public final class CqlServerEpochs {

  private static final String ROLE = "channel-server";

  private final CqlTables tables;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement select;

  /** Epochs in these tables. */
  public CqlServerEpochs(CqlTables tables) {
    this.tables = tables;
    insert =
        tables.prepareCompareAndSet(
            "INSERT INTO ${cas_keyspace}.server_epochs (role, epoch) VALUES (?, ?) IF NOT EXISTS");
    update =
        tables.prepareCompareAndSet(
            "UPDATE ${cas_keyspace}.server_epochs SET epoch = ? WHERE role = ? IF epoch = ?");
    select =
        tables.prepareSerialRead("SELECT epoch FROM ${cas_keyspace}.server_epochs WHERE role = ?");
  }

  /**
   * An epoch that no other server has or will have. When the answer to the compare-and-set is lost,
   * this fails, and the epoch that may have been taken is nobody's.
   */
  public CompletionStage<Long> take() {
    return tables
        .read(select.bind(ROLE), row -> row.getLong(0))
        .thenCompose(rows -> rows.isEmpty() ? first() : after(rows.getFirst()));
  }

  private CompletionStage<Long> first() {
    return tables
        .compareAndSet(insert.bind(ROLE, 1L))
        .thenCompose(result -> taken(result.wasApplied(), 1));
  }

  private CompletionStage<Long> after(long last) {
    return tables
        .compareAndSet(update.bind(last + 1, ROLE, last))
        .thenCompose(result -> taken(result.wasApplied(), last + 1));
  }

  private CompletionStage<Long> taken(boolean applied, long epoch) {
    return applied ? CompletableFuture.completedStage(epoch) : take();
  }
}
