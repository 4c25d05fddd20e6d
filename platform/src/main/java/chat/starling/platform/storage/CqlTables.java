package chat.starling.platform.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prepares statements, whose kind says how many replicas answer and whether the driver may send
 * them twice, and sends them. In their text, {@code ${keyspace}} and {@code ${cas_keyspace}} stand
 * for the settings' keyspaces.
 */
public final class CqlTables {

  private final CqlSession session;
  private final CqlSettings settings;
  private final @Nullable Duration timeout;

  /** Statements of this session, each of which may take as long as the settings say. */
  public CqlTables(CqlSession session, CqlSettings settings) {
    this(session, settings, null);
  }

  private CqlTables(CqlSession session, CqlSettings settings, @Nullable Duration timeout) {
    this.session = session;
    this.settings = settings;
    this.timeout = timeout;
  }

  /** The same for statements each of which may take so long. */
  public CqlTables withTimeout(Duration timeout) {
    return new CqlTables(session, settings, timeout);
  }

  /** A read or write of a table that plain writes change: by local quorum, safe to send again. */
  public PreparedStatement prepare(String cql) {
    return plain(cql, ConsistencyLevel.LOCAL_QUORUM);
  }

  /** A read or write that acks or recovery rely on: as {@code cql.log-consistency} says. */
  public PreparedStatement prepareForLog(String cql) {
    return plain(cql, settings.logConsistency().level());
  }

  /** A write that only {@link #writeTogether} sends, at one consistency for all. */
  public PreparedStatement prepareForBatch(String cql) {
    return session.prepare(statement(cql).setIdempotent(true));
  }

  /** A read of the history view: as {@code cql.view-read-consistency} says. */
  public PreparedStatement prepareViewRead(String cql) {
    return plain(cql, settings.viewReadConsistency().level());
  }

  /** A serial read of a table that compare-and-set changes. */
  public PreparedStatement prepareSerialRead(String cql) {
    return session.prepare(
        statement(cql)
            .setConsistencyLevel(ConsistencyLevel.SERIAL)
            .setExecutionProfileName(CqlStore.TRANSACTIONS)
            .setIdempotent(true));
  }

  /**
   * A read of a table that compare-and-set changes, for those who would do no harm with what is a
   * little old: it takes no part in transactions, and so holds none up. What it shows was decided.
   */
  public PreparedStatement prepareGlance(String cql) {
    return plain(cql, ConsistencyLevel.QUORUM);
  }

  /** A compare-and-set, which the driver must not send again by itself. */
  public PreparedStatement prepareCompareAndSet(String cql) {
    return session.prepare(
        statement(cql)
            .setConsistencyLevel(ConsistencyLevel.QUORUM)
            .setSerialConsistencyLevel(ConsistencyLevel.SERIAL)
            .setExecutionProfileName(CqlStore.TRANSACTIONS)
            .setIdempotent(false));
  }

  /** Completes once the write is done. */
  public CompletionStage<Void> write(BoundStatement statement) {
    return session.executeAsync(statement).thenAccept(done -> {});
  }

  /**
   * Writes rows of one partition, which are one mutation and need no batch log; completes once they
   * are done, as {@code cql.log-consistency} says.
   *
   * @param rows one or more
   */
  public CompletionStage<Void> writeTogether(List<BoundStatement> rows) {
    BoundStatement first = rows.getFirst();
    if (rows.size() == 1) {
      return write(first.setConsistencyLevel(settings.logConsistency().level()));
    }
    return session
        .executeAsync(
            BatchStatement.newInstance(BatchType.UNLOGGED)
                .addAll(rows)
                .setConsistencyLevel(settings.logConsistency().level())
                .setRoutingKeyspace(first.getRoutingKeyspace())
                .setRoutingKey(first.getRoutingKey())
                .setTimeout(timeout)
                .setIdempotent(true))
        .thenAccept(done -> {});
  }

  /** The answer to a compare-and-set. */
  public CompletionStage<AsyncResultSet> compareAndSet(BoundStatement statement) {
    return session.executeAsync(statement);
  }

  /**
   * The answer to several compare-and-sets on one partition, which are all applied or none.
   *
   * @param changes one or more
   */
  public CompletionStage<AsyncResultSet> compareAndSetTogether(List<BoundStatement> changes) {
    BoundStatement first = changes.getFirst();
    // The batch has the consistency of them all; the driver warns of each that has its own.
    List<BoundStatement> bare =
        changes.stream()
            .map(change -> change.setConsistencyLevel(null).setSerialConsistencyLevel(null))
            .toList();
    return session.executeAsync(
        BatchStatement.newInstance(BatchType.UNLOGGED)
            .addAll(bare)
            .setConsistencyLevel(ConsistencyLevel.QUORUM)
            .setSerialConsistencyLevel(ConsistencyLevel.SERIAL)
            .setExecutionProfileName(CqlStore.TRANSACTIONS)
            .setRoutingKeyspace(first.getRoutingKeyspace())
            .setRoutingKey(first.getRoutingKey())
            .setTimeout(timeout)
            .setIdempotent(false));
  }

  /** The rows of a bounded query in their order. */
  public <T> CompletionStage<List<T>> read(BoundStatement query, Function<Row, T> reader) {
    return session
        .executeAsync(query)
        .thenCompose(page -> collect(page, reader, new ArrayList<>()));
  }

  private static <T> CompletionStage<List<T>> collect(
      AsyncResultSet page, Function<Row, T> reader, List<T> found) {
    page.currentPage().forEach(row -> found.add(reader.apply(row)));
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> collect(next, reader, found))
        : CompletableFuture.completedStage(found);
  }

  private PreparedStatement plain(String cql, ConsistencyLevel consistency) {
    return session.prepare(statement(cql).setConsistencyLevel(consistency).setIdempotent(true));
  }

  private SimpleStatement statement(String cql) {
    String named =
        cql.replace("${keyspace}", settings.keyspace())
            .replace("${cas_keyspace}", settings.casKeyspace());
    return SimpleStatement.newInstance(named).setTimeout(timeout);
  }
}
