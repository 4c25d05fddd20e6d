package chat.starling.channel.store.ownership;

import chat.starling.channel.ownership.Outcome;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlTables;
import chat.starling.platform.storage.Schema;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The ownership tables: reads, and transactions with an outcome that may be unknown. */
public final class OwnershipTables {

  private final CqlTables tables;

  /**
   * Statements of this session on tables that are there.
   *
   * @param timeout how long one read or change may take
   */
  public OwnershipTables(CqlSession session, CqlSettings settings, Duration timeout) {
    tables = new CqlTables(session, settings).withTimeout(timeout);
  }

  /** Creates the tables as far as they are missing. */
  public static void create(CqlSession session, CqlSettings settings) {
    Schema.apply(session, settings, OwnershipTables.class, "ownership.cql");
  }

  PreparedStatement prepareSerialRead(String cql) {
    return tables.prepareSerialRead(cql);
  }

  PreparedStatement prepareGlance(String cql) {
    return tables.prepareGlance(cql);
  }

  PreparedStatement prepareCompareAndSet(String cql) {
    return tables.prepareCompareAndSet(cql);
  }

  <R> CompletionStage<List<R>> read(BoundStatement query, Function<Row, R> reader) {
    return tables.read(query, reader);
  }

  /**
   * Sends a compare-and-set. Whatever keeps the answer away, a timeout, a lost connection, a
   * replica that failed, leaves the outcome unknown.
   *
   * @param version a column that no row lacks
   * @param none what stands for a row that is not there
   */
  <R> CompletionStage<Outcome<R>> replace(
      BoundStatement statement, String version, R none, Function<Row, R> reader) {
    return tables
        .compareAndSet(statement)
        .handle((result, failure) ->
            failure == null ? outcome(result, version, none, reader) : new Outcome.Unknown<>());
  }

  /**
   * Sends several compare-and-sets on one partition, which are all applied or none. True when they
   * were; false when one of them was refused, and so nothing was done; fails when nobody knows.
   */
  CompletionStage<Boolean> replaceTogether(List<BoundStatement> statements) {
    return tables.compareAndSetTogether(statements).thenApply(AsyncResultSet::wasApplied);
  }

  private static <R> Outcome<R> outcome(
      AsyncResultSet result, String version, R none, Function<Row, R> reader) {
    if (result.wasApplied()) {
      return new Outcome.Applied<>();
    }
    Row row = result.one();
    return row == null || isAbsent(row, version)
        ? new Outcome.Refused<>(none)
        : new Outcome.Refused<>(reader.apply(row));
  }

  /** Cassandra leaves the columns of a missing row out, ScyllaDB shows them empty. */
  private static boolean isAbsent(Row row, String version) {
    return !row.getColumnDefinitions().contains(version) || row.isNull(version);
  }
}
