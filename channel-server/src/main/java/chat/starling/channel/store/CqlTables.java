package chat.starling.channel.store;

import chat.starling.platform.storage.CqlSettings;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Prepares and sends statements at the consistency that each kind of table asks for. */
public final class CqlTables {

  private final CqlSession session;
  private final CqlSettings settings;

  /** Statements of this session on the tables in the settings' keyspaces. */
  public CqlTables(CqlSession session, CqlSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** A statement on a table that plain writes change: by quorum, safe to send again. */
  PreparedStatement prepare(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(named(cql))
            .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
            .setIdempotent(true));
  }

  /** A statement that only goes out in a batch, which has the consistency of them all. */
  PreparedStatement prepareForBatch(String cql) {
    return session.prepare(SimpleStatement.newInstance(named(cql)).setIdempotent(true));
  }

  /** A serial read of a table that compare-and-set changes. */
  PreparedStatement prepareSerialRead(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(named(cql))
            .setConsistencyLevel(ConsistencyLevel.SERIAL)
            .setIdempotent(true));
  }

  /** A compare-and-set, which the driver must not send again by itself. */
  PreparedStatement prepareCompareAndSet(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(named(cql))
            .setConsistencyLevel(ConsistencyLevel.QUORUM)
            .setSerialConsistencyLevel(ConsistencyLevel.SERIAL)
            .setIdempotent(false));
  }

  /** Completes once the write is done. */
  CompletionStage<Void> write(Statement<?> statement) {
    return session.executeAsync(statement).thenAccept(done -> {});
  }

  /** The answer to a compare-and-set. */
  CompletionStage<AsyncResultSet> compareAndSet(BoundStatement statement) {
    return session.executeAsync(statement);
  }

  /** The rows of a bounded query in their order. */
  <T> CompletionStage<List<T>> read(BoundStatement query, Function<Row, T> reader) {
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

  private String named(String cql) {
    return cql.replace("${keyspace}", settings.keyspace())
        .replace("${cas_keyspace}", settings.casKeyspace());
  }
}
