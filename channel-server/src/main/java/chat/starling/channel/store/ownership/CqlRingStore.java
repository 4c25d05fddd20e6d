package chat.starling.channel.store.ownership;

import chat.starling.api.internal.v1.Ring;
import chat.starling.channel.ownership.Outcome;
import chat.starling.channel.ownership.RingStore;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The ring of one role in the table ring, compared by its version. */
public final class CqlRingStore implements RingStore {

  private final OwnershipTables tables;
  private final String role;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement update;

  /** The ring of this role in these tables. */
  public CqlRingStore(OwnershipTables tables, String role) {
    this.tables = tables;
    this.role = role;
    select =
        tables.prepareSerialRead(
            "SELECT version, members FROM ${cas_keyspace}.ring WHERE role = ?");
    insert =
        tables.prepareCompareAndSet(
            "INSERT INTO ${cas_keyspace}.ring (version, members, role) VALUES (?, ?, ?)"
                + " IF NOT EXISTS");
    // The members are named in the condition so that whoever is refused is shown them.
    update =
        tables.prepareCompareAndSet(
            "UPDATE ${cas_keyspace}.ring SET version = ?, members = ? WHERE role = ?"
                + " IF version = ? AND members != null");
  }

  @Override
  public CompletionStage<RingView> read() {
    return tables
        .read(select.bind(role), CqlRingStore::view)
        .thenApply(rows -> rows.isEmpty() ? RingView.EMPTY : rows.getFirst());
  }

  @Override
  public CompletionStage<Outcome<RingView>> replace(RingView seen, RingView next) {
    ByteBuffer view = RingCodec.toMessage(next).toByteString().asReadOnlyByteBuffer();
    BoundStatement statement =
        seen.version() == 0
            ? insert.bind(next.version(), view, role)
            : update.bind(next.version(), view, role, seen.version());
    return tables.replace(statement, "version", RingView.EMPTY, CqlRingStore::view);
  }

  private static RingView view(Row row) {
    try {
      return RingCodec.toView(Ring.parseFrom(Objects.requireNonNull(row.getByteBuffer("members"))));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("ring row of version " + row.getLong("version"), e);
    }
  }
}
