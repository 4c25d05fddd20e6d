package chat.starling.channel.store.ownership;

import chat.starling.channel.ownership.LeaseRow;
import chat.starling.channel.ownership.LeaseStore;
import chat.starling.channel.ownership.Outcome;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.concurrent.CompletionStage;

/** The leases in the table server_lease: a row a server id, compared as a whole. */
public final class CqlLeaseStore implements LeaseStore {

  private final OwnershipTables tables;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement update;

  /** Leases in these tables. */
  public CqlLeaseStore(OwnershipTables tables) {
    this.tables = tables;
    select =
        tables.prepareSerialRead(
            "SELECT incarnation, counter, fenced FROM ${cas_keyspace}.server_lease"
                + " WHERE server_id = ?");
    insert =
        tables.prepareCompareAndSet(
            "INSERT INTO ${cas_keyspace}.server_lease (incarnation, counter, fenced, server_id)"
                + " VALUES (?, ?, ?, ?) IF NOT EXISTS");
    update =
        tables.prepareCompareAndSet(
            "UPDATE ${cas_keyspace}.server_lease SET incarnation = ?, counter = ?, fenced = ?"
                + " WHERE server_id = ? IF incarnation = ? AND counter = ? AND fenced = ?");
  }

  @Override
  public CompletionStage<LeaseRow> read(String serverId) {
    return tables
        .read(select.bind(serverId), CqlLeaseStore::row)
        .thenApply(rows -> rows.isEmpty() ? LeaseRow.NONE : rows.getFirst());
  }

  @Override
  public CompletionStage<Outcome<LeaseRow>> replace(String serverId, LeaseRow seen, LeaseRow next) {
    return tables.replace(
        statement(serverId, seen, next), "incarnation", LeaseRow.NONE, CqlLeaseStore::row);
  }

  private BoundStatement statement(String serverId, LeaseRow seen, LeaseRow next) {
    return seen.equals(LeaseRow.NONE)
        ? insert.bind(next.incarnation(), next.counter(), next.fenced(), serverId)
        : update.bind(
            next.incarnation(),
            next.counter(),
            next.fenced(),
            serverId,
            seen.incarnation(),
            seen.counter(),
            seen.fenced());
  }

  private static LeaseRow row(Row row) {
    return new LeaseRow(
        row.getLong("incarnation"), row.getLong("counter"), row.getBoolean("fenced"));
  }
}
