package chat.starling.channel.store.ownership;

import chat.starling.channel.ownership.Outcome;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.Schema;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Prepares and sends the transactions and serial reads of the ownership tables. */
public final class OwnershipTables {

  private final CqlSession session;
  private final CqlSettings settings;
  private final Duration timeout;

  /**
   * Statements of this session on tables that are there.
   *
   * @param timeout how long one read or change may take
   */
  public OwnershipTables(CqlSession session, CqlSettings settings, Duration timeout) {
    this.session = session;
    this.settings = settings;
    this.timeout = timeout;
  }

  /** Creates the tables as far as they are missing. */
  public static void create(CqlSession session, CqlSettings settings) {
    Schema.apply(session, settings, OwnershipTables.class, "ownership.cql");
  }

  PreparedStatement prepareSerialRead(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(named(cql))
            .setConsistencyLevel(ConsistencyLevel.SERIAL)
            .setIdempotent(true));
  }

  /** A compare-and-set; the driver must not send it again by itself. */
  PreparedStatement prepareCompareAndSet(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(named(cql))
            .setConsistencyLevel(ConsistencyLevel.QUORUM)
            .setSerialConsistencyLevel(ConsistencyLevel.SERIAL)
            .setIdempotent(false));
  }

  <R> CompletionStage<List<R>> read(BoundStatement query, Function<Row, R> reader) {
    return session
        .executeAsync(query.setTimeout(timeout).setPageSize(Integer.MAX_VALUE))
        .thenApply(page -> rows(page, reader));
  }

  private static <R> List<R> rows(AsyncResultSet page, Function<Row, R> reader) {
    List<R> rows = new ArrayList<>();
    page.currentPage().forEach(row -> rows.add(reader.apply(row)));
    return rows;
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
    return session
        .executeAsync(statement.setTimeout(timeout))
        .handle((result, failure) ->
            failure == null ? outcome(result, version, none, reader) : new Outcome.Unknown<>());
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

  private String named(String cql) {
    return cql.replace("${cas_keyspace}", settings.casKeyspace());
  }
}
